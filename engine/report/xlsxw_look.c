/* How cells of a workbook look. */
#include "xlsxw.h"

const struct mn_xlsxw_look MN_XLSXW_LOOK[MN_ST_COUNT] = {
    [MN_ST_TEXT] = {NULL, 0},
    [MN_ST_WRAP] = {NULL, MN_XL_WRAPPED},
    [MN_ST_ID] = {"@", 0},
    [MN_ST_INT] = {"#,##0", 0},
    [MN_ST_Q16] = {"0.0000", 0},
    [MN_ST_MONEY] = {"#,##0.00", 0},
    [MN_ST_PERCENT] = {"0%", 0},
    [MN_ST_DAY] = {"yyyy-mm-dd", 0},
    [MN_ST_LINK] = {NULL, MN_XL_BLUE},
    [MN_ST_TONE] = {NULL, 0},
    [MN_ST_FILL] = {"@", MN_XL_SHADED | MN_XL_WRAPPED},
    [MN_ST_FILL_DAY] = {"yyyy-mm-dd", MN_XL_SHADED},
    [MN_ST_DECIMAL] = {"General", 0},
    [MN_ST_HEAD] = {NULL, MN_XL_BOLD | MN_XL_WRAPPED | MN_XL_HEADED},
    [MN_ST_HEAD_NUMBER] = {NULL, MN_XL_BOLD | MN_XL_WRAPPED | MN_XL_HEADED | MN_XL_RIGHT},
    [MN_ST_TITLE] = {NULL, MN_XL_BOLD | MN_XL_LARGE},
    [MN_ST_LEAD] = {NULL, MN_XL_WRAPPED},
    [MN_ST_SECTION] = {NULL, MN_XL_BOLD},
};

/* Dark enough to be read in grey, too; the word always stands in the cell. */
const struct mn_xlsxw_tone MN_XLSXW_TONE[MN_XLSXW_TONES] = {
    {"severe", 0x7f1d1d, 0xffffff}, {"high", 0xf4b183, 0x1a1a1a},
    {"elevated", 0xffe699, 0x1a1a1a}, {"unknown", 0xd9d9d9, 0x1a1a1a},
    {"low", 0xc6e0b4, 0x1a1a1a}, {"hit", 0x7f1d1d, 0xffffff},
    {"possible", 0xffe699, 0x1a1a1a}, {"upstream", 0xf4b183, 0x1a1a1a}};
