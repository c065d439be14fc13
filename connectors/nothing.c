/* Words for "no value". */
#include "cell.h"

/* Longest of the words, in bytes; longer cells are not looked at. */
#define LONGEST 32

/* As written, lower case. */
static const struct mn_str NOTHING[] = {MN_S("-"), MN_S("--"), MN_S("---"), MN_S("–"),
    MN_S("—"), MN_S("−"), MN_S("."), MN_S(".."), MN_S("..."), MN_S("…"), MN_S("?"),
    MN_S("??"), MN_S("???"), MN_S("/"), MN_S("n/a"), MN_S("n.a."), MN_S("n.a"),
    MN_S("#n/a"), MN_S("n/d"), MN_S("n.d."), MN_S("s/d"), MN_S("s.d."), MN_S("s/n"),
    MN_S("k.a."), MN_S("k. a."), MN_S("null"), MN_S("(null)"), MN_S("nan"), MN_S("<na>"),
    MN_S("-0-"), MN_S("unknown"), MN_S("not known"), MN_S("not available"),
    MN_S("not applicable"), MN_S("not stated"), MN_S("not provided"),
    MN_S("not specified"), MN_S("unspecified"), MN_S("no data"), MN_S("tbd"), MN_S("tba"),
    MN_S("#value!"), MN_S("#ref!"), MN_S("#div/0!"), MN_S("#name?"), MN_S("#null!"),
    MN_S("#num!"), MN_S("inconnu"), MN_S("inconnue"), MN_S("non disponible"),
    MN_S("non renseigné"), MN_S("desconocido"), MN_S("no disponible"), MN_S("sin datos"),
    MN_S("desconhecido"), MN_S("não informado"), MN_S("nao informado"),
    MN_S("não disponível"), MN_S("unbekannt"), MN_S("keine angabe"), MN_S("sconosciuto"),
    MN_S("onbekend"), MN_S("niet bekend"), MN_S("ukendt"), MN_S("ukjent"), MN_S("okänd"),
    MN_S("brak"), MN_S("brak danych"), MN_S("neznámé"), MN_S("bilinmiyor"),
    MN_S("belirtilmemiş"), MN_S("tidak diketahui"), MN_S("không rõ"), MN_S("нет данных"),
    MN_S("неизвестно"), MN_S("н/д"), MN_S("невідомо"), MN_S("不明"), MN_S("不详"),
    MN_S("不詳"), MN_S("未知"), MN_S("未詳"), MN_S("غير معروف"), MN_S("ไม่ทราบ"),
    MN_S("अज्ञात"), MN_S("অজানা"), MN_S("미상"), MN_S("알 수 없음")};

/* Nothing in a text; a value elsewhere ("none" is an outcome, "nil" a number). */
static const struct mn_str NOTHING_IN_TEXT[] = {MN_S("none"), MN_S("nil"), MN_S("无"),
    MN_S("無"), MN_S("なし"), MN_S("없음"), MN_S("na"), MN_S("ninguno"), MN_S("nenhum"),
    MN_S("aucun"), MN_S("keine")};

/* First bytes of the words, both cases: most cells need no more than this. */
static bool
may_be(unsigned char c)
{
	return c >= 0x80 || strchr("-.?/n#skN<SK(uUtTiIdDoObBcC", c) != NULL;
}

bool
mn_cell_null(enum mn_field f, struct mn_str s)
{
	enum mn_field_type type = mn_field_def(f)->type;
	if (s.n == 0 || s.n > LONGEST || !may_be((unsigned char)s.p[0]))
		return false;
	if (type == MN_T_CHOICE || type == MN_T_BOOL) {
		/* "unknown" may be one of the choices. */
		if (mn_str_find(mn_str_c(mn_field_def(f)->choices), MN_S("unknown")) !=
		    SIZE_MAX)
			return false;
	}
	for (size_t i = 0; i < countof(NOTHING); i++)
		if (mn_str_eq_ascii(s, NOTHING[i]))
			return true;
	bool text = type == MN_T_TEXT || type == MN_T_ID || type == MN_T_LIST;
	for (size_t i = 0; text && i < countof(NOTHING_IN_TEXT); i++)
		if (mn_str_eq_ascii(s, NOTHING_IN_TEXT[i]))
			return true;
	return false;
}
