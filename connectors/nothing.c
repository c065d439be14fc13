/* Words for "no value". */
#include "cell.h"

/* Lower case, by their length in bytes, so that a cell is compared with few. Words that
 * are a value elsewhere ("none" is an outcome, "nil" a number) are nothing in a text
 * only. */
static const struct {
	struct mn_str word;
	bool in_text;
} NOTHING[] = {{MN_S("-"), false}, {MN_S("."), false}, {MN_S("/"), false},
    {MN_S("?"), false}, {MN_S("--"), false}, {MN_S(".."), false}, {MN_S("??"), false},
    {MN_S("na"), true}, {MN_S("---"), false}, {MN_S("-0-"), false}, {MN_S("..."), false},
    {MN_S("???"), false}, {MN_S("n.a"), false}, {MN_S("n/a"), false},
    {MN_S("n/d"), false}, {MN_S("nan"), false}, {MN_S("s/d"), false},
    {MN_S("s/n"), false}, {MN_S("tba"), false}, {MN_S("tbd"), false}, {MN_S("–"), false},
    {MN_S("—"), false}, {MN_S("…"), false}, {MN_S("−"), false}, {MN_S("nil"), true},
    {MN_S("无"), true}, {MN_S("無"), true}, {MN_S("#n/a"), false}, {MN_S("<na>"), false},
    {MN_S("brak"), false}, {MN_S("k.a."), false}, {MN_S("n.a."), false},
    {MN_S("n.d."), false}, {MN_S("null"), false}, {MN_S("s.d."), false},
    {MN_S("none"), true}, {MN_S("#num!"), false}, {MN_S("#ref!"), false},
    {MN_S("k. a."), false}, {MN_S("н/д"), false}, {MN_S("aucun"), true},
    {MN_S("keine"), true}, {MN_S("#name?"), false}, {MN_S("#null!"), false},
    {MN_S("(null)"), false}, {MN_S("okänd"), false}, {MN_S("ukendt"), false},
    {MN_S("ukjent"), false}, {MN_S("不明"), false}, {MN_S("不詳"), false},
    {MN_S("不详"), false}, {MN_S("未知"), false}, {MN_S("未詳"), false},
    {MN_S("미상"), false}, {MN_S("nenhum"), true}, {MN_S("なし"), true},
    {MN_S("없음"), true}, {MN_S("#div/0!"), false}, {MN_S("#value!"), false},
    {MN_S("inconnu"), false}, {MN_S("no data"), false}, {MN_S("unknown"), false},
    {MN_S("ninguno"), true}, {MN_S("inconnue"), false}, {MN_S("onbekend"), false},
    {MN_S("neznámé"), false}, {MN_S("not known"), false}, {MN_S("sin datos"), false},
    {MN_S("unbekannt"), false}, {MN_S("bilinmiyor"), false}, {MN_S("không rõ"), false},
    {MN_S("not stated"), false}, {MN_S("brak danych"), false},
    {MN_S("desconocido"), false}, {MN_S("niet bekend"), false},
    {MN_S("sconosciuto"), false}, {MN_S("unspecified"), false},
    {MN_S("desconhecido"), false}, {MN_S("keine angabe"), false},
    {MN_S("not provided"), false}, {MN_S("nao informado"), false},
    {MN_S("no disponible"), false}, {MN_S("not available"), false},
    {MN_S("not specified"), false}, {MN_S("belirtilmemiş"), false},
    {MN_S("non disponible"), false}, {MN_S("non renseigné"), false},
    {MN_S("not applicable"), false}, {MN_S("não informado"), false},
    {MN_S("알 수 없음"), false}, {MN_S("tidak diketahui"), false}, {MN_S("অজানা"), false},
    {MN_S("não disponível"), false}, {MN_S("невідомо"), false},
    {MN_S("غير معروف"), false}, {MN_S("अज्ञात"), false}, {MN_S("нет данных"), false},
    {MN_S("неизвестно"), false}, {MN_S("ไม่ทราบ"), false}};

/* Where the words of each length begin in the table. */
static const uint8_t FROM[] = {0, 0, 4, 8, 27, 36, 42, 57, 63, 65, 69, 72, 77, 80, 84, 90,
    92, 94, 95, 96, 97, 98, 99};

/* First bytes of the words of each length, because nearly every cell begins otherwise;
 * tests/unit/test_cell.c compares them with the table. */
#define B(c) (1u << ((c)&31))
static const uint32_t BEGINS[] = {0, B('-') | B('.') | B('/') | B('?'),
    B('-') | B('.') | B('?') | B('n'),
    B('-') | B('.') | B('?') | B('n') | B('s') | B('t') | B(0xe2) | B(0xe6) | B(0xe7),
    B('#') | B('<') | B('b') | B('k') | B('n') | B('s'),
    B('#') | B('a') | B('k') | B(0xd0),
    B('#') | B('(') | B('n') | B('o') | B('u') | B(0xe3) | B(0xe4) | B(0xe6) | B(0xeb) |
	B(0xec),
    B('#') | B('i') | B('n') | B('u'), B('i') | B('o'), B('n') | B('s') | B('u'),
    B('b') | B('k') | B('n'), B('b') | B('d') | B('n') | B('s') | B('u'),
    B('d') | B('k') | B('n'), B('n'), B('b') | B('n') | B(0xec), B('t') | B(0xe0),
    B('n') | B(0xd0), B(0xd8), B(0xe0), B(0xd0), B(0xd0), B(0xe0)};

struct mn_str
mn_cell_nothing(size_t i)
{
	return i < countof(NOTHING) ? NOTHING[i].word : MN_STR_NONE;
}

bool
mn_cell_null(enum mn_field f, struct mn_str s)
{
	if (s.n == 0 || s.n + 1 >= countof(FROM) ||
	    !(BEGINS[s.n] & B((unsigned char)s.p[0])))
		return false;
	const struct mn_field_def *def = mn_field_def(f);
	bool text =
	    def->type == MN_T_TEXT || def->type == MN_T_ID || def->type == MN_T_LIST;
	for (size_t i = FROM[s.n]; i < FROM[s.n + 1]; i++) {
		const struct mn_str w = NOTHING[i].word;
		bool maybe =
		    (w.p[0] | 32) == (s.p[0] | 32) && (text || !NOTHING[i].in_text);
		/* "unknown" may be one of the choices. */
		if (maybe && mn_str_eq_ascii(w, s))
			return def->type != MN_T_CHOICE ||
			       mn_str_find(mn_str_c(def->choices), w) == SIZE_MAX;
	}
	return false;
}

struct mn_str
mn_cell_text(struct mn_str s)
{
	if (s.n > 3 && mn_str_starts(s, MN_S("=\"")) && s.p[s.n - 1] == '"' &&
	    mn_str_find_byte(mn_str_sub(s, 2, s.n - 3), '"') == SIZE_MAX)
		return mn_str_trim(mn_str_sub(s, 2, s.n - 3));
	bool guarded = s.n > 1 && s.p[0] == '\'' &&
		       ((s.p[1] >= '0' && s.p[1] <= '9') || strchr("=+-@", s.p[1]));
	if (guarded && mn_str_find_byte(mn_str_sub(s, 1, s.n), '\'') == SIZE_MAX)
		return mn_str_sub(s, 1, s.n);
	return s;
}
