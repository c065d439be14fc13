/* Word documents: WordprocessingML in a ZIP archive. */
#include "docxw.h"
#include "zipw.h"

#define BODY_BYTES ((size_t)64 << 20)
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define PART "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const char TYPES[] =
    XML "<Types xmlns=\"" PACKAGE "content-types\">"
	"<Default Extension=\"rels\" ContentType=\"application/"
	"vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	"<Override PartName=\"/word/document.xml\" ContentType=\"" PART
	"document.main+xml\"/>"
	"<Override PartName=\"/word/styles.xml\" ContentType=\"" PART "styles+xml\"/>"
	"</Types>";

static const char RELS[] =
    XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" "
	"Type=\"" REL "/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

static const char DOCUMENT_RELS[] =
    XML "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"rId1\" "
	"Type=\"" REL "/styles\" Target=\"styles.xml\"/></Relationships>";

#define STYLE(id, name, ppr, rpr) \
	"<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name \
	"\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>" ppr "</w:pPr><w:rPr>" rpr \
	"</w:rPr></w:style>"

#define ENGLISH "<w:lang w:val=\"en-GB\"/>"

static const char STYLES[] = XML
    "<w:styles xmlns:w=\"" W "\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts "
    "w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/><w:sz "
    "w:val=\"21\"/>" ENGLISH "</w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name "
    "w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"100\"/></w:pPr></w:style>" STYLE(
	"Title", "Title", "<w:spacing w:after=\"200\"/>", "<w:b/><w:sz w:val=\"36\"/>")
	STYLE("Heading1", "heading 1",
	    "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"80\"/><w:outlineLvl "
	    "w:val=\"0\"/>",
	    "<w:b/><w:color w:val=\"1F4E79\"/><w:sz w:val=\"26\"/>")
	    STYLE("Heading2", "heading 2",
		"<w:keepNext/><w:spacing w:before=\"200\" w:after=\"60\"/><w:outlineLvl "
		"w:val=\"1\"/>",
		"<w:b/><w:sz w:val=\"22\"/>") STYLE("Law", "Law", "",
		"<w:i/><w:color w:val=\"525C6B\"/>") STYLE("Note", "Note", "",
		"<w:color w:val=\"525C6B\"/><w:sz w:val=\"19\"/>") STYLE("Item", "Item",
		"<w:spacing w:after=\"40\"/><w:ind w:left=\"360\" "
		"w:hanging=\"220\"/>",
		"") STYLE("Caption", "caption",
		"<w:keepNext/><w:spacing w:before=\"120\" "
		"w:after=\"60\"/>",
		"<w:b/><w:sz w:val=\"19\"/>") STYLE("Gap", "Gap",
		"<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"6\" "
		"w:color=\"8F3A0B\"/></w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" "
		"w:fill=\"FDEBDB\"/><w:spacing w:before=\"100\"/>",
		"") "</w:styles>";

static const char HEAD[] = XML "<w:document xmlns:w=\"" W "\"><w:body>";
static const char TAIL[] =
    "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" "
    "w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" "
    "w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>";

struct mn_docx
mn_docx_new(void)
{
	return (struct mn_docx){.body = mn_buf_new(BODY_BYTES)};
}

void
mn_docx_free(struct mn_docx *d)
{
	mn_buf_free(&d->body);
}

/* ---- text ---- */

static void
escaped(struct mn_buf *b, char c)
{
	switch (c) {
	case '&':
		mn_buf_add(b, MN_S("&amp;"));
		break;
	case '<':
		mn_buf_add(b, MN_S("&lt;"));
		break;
	case '>':
		mn_buf_add(b, MN_S("&gt;"));
		break;
	default:
		/* XML 1.0 has no other controls. */
		mn_buf_byte(b, (unsigned char)c < 0x20 && c != '\t' ? ' ' : c);
	}
}

/* A run; line ends are breaks. */
static void
run(struct mn_buf *b, struct mn_str s, bool bold)
{
	mn_buf_add(b, bold ? MN_S("<w:r><w:rPr><w:b/></w:rPr>") : MN_S("<w:r>"));
	mn_buf_add(b, MN_S("<w:t xml:space=\"preserve\">"));
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r')
			continue;
		if (s.p[i] == '\n')
			mn_buf_add(b, MN_S("</w:t><w:br/><w:t xml:space=\"preserve\">"));
		else
			escaped(b, s.p[i]);
	}
	mn_buf_add(b, MN_S("</w:t></w:r>"));
}

void
mn_docx_para(struct mn_docx *d, const char *style, const char *bold, struct mn_str text)
{
	struct mn_buf *b = &d->body;
	mn_buf_add(b, MN_S("<w:p>"));
	if (style)
		mn_buf_fmt(b, "<w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
	if (bold)
		run(b, mn_str_c(bold), true);
	run(b, text, false);
	mn_buf_add(b, MN_S("</w:p>"));
}

/* Twentieths of a point; the first column names the row and has twice as much. */
static unsigned
width(uint32_t column, uint32_t cols)
{
	return 9600 / (cols + 1) * (column == 0 ? 2 : 1);
}

void
mn_docx_table(struct mn_docx *d, const struct mn_str *cell, uint32_t rows, uint32_t cols)
{
	static const char *const SIDES[] = {
	    "top", "left", "bottom", "right", "insideH", "insideV"};
	struct mn_buf *b = &d->body;
	mn_buf_add(b, MN_S("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/>"
			   "<w:tblBorders>"));
	for (size_t i = 0; i < countof(SIDES); i++)
		mn_buf_fmt(b,
		    "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" "
		    "w:color=\"BFC5CE\"/>",
		    SIDES[i]);
	mn_buf_add(b, MN_S("</w:tblBorders></w:tblPr><w:tblGrid>"));
	for (uint32_t k = 0; k < cols; k++)
		mn_buf_fmt(b, "<w:gridCol w:w=\"%u\"/>", width(k, cols));
	mn_buf_add(b, MN_S("</w:tblGrid>"));
	for (uint32_t i = 0; i < rows; i++) {
		mn_buf_add(b,
		    i ? MN_S("<w:tr>") : MN_S("<w:tr><w:trPr><w:tblHeader/></w:trPr>"));
		for (uint32_t k = 0; k < cols; k++) {
			mn_buf_add(b, MN_S("<w:tc><w:p><w:pPr><w:spacing "
					   "w:after=\"20\"/></w:pPr>"));
			run(b, cell[i * cols + k], i == 0);
			mn_buf_add(b, MN_S("</w:p></w:tc>"));
		}
		mn_buf_add(b, MN_S("</w:tr>"));
	}
	/* A table must not be the last of a body. */
	mn_buf_add(b, MN_S("</w:tbl><w:p/>"));
}

/* ---- the archive ---- */

/* Word spells by the language, and takes a font for Chinese signs by it. Latin letters in
 * a Chinese text stay English, or they would be broken anywhere, as signs are. */
static void
styles(struct mn_str language, struct mn_buf *out)
{
	struct mn_str all = mn_str_c(STYLES), english = MN_S(ENGLISH);
	size_t at = mn_str_find(all, english);
	if (language.n == 0 || at >= all.n) {
		mn_buf_add(out, all);
		return;
	}
	mn_buf_add(out, mn_str_sub(all, 0, at));
	if (mn_str_eq(language, MN_S("zh")))
		mn_buf_add(out, MN_S("<w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/>"));
	else
		mn_buf_fmt(out, "<w:lang w:val=\"%.*s\"/>", MN_FMT(language));
	mn_buf_add(out, mn_str_sub(all, at + english.n, all.n));
}

static bool
pack(struct mn_str document, struct mn_str look, const char *path, struct mn_err *err)
{
	const struct mn_zip_part PARTS[] = {{"[Content_Types].xml", mn_str_c(TYPES)},
	    {"_rels/.rels", mn_str_c(RELS)}, {"word/document.xml", document},
	    {"word/_rels/document.xml.rels", mn_str_c(DOCUMENT_RELS)},
	    {"word/styles.xml", look}};
	struct mn_buf b = mn_buf_new(BODY_BYTES);
	struct mn_out *o = NULL;
	bool good = mn_zip_make(PARTS, countof(PARTS), "the Word document", &b, err) &&
		    (o = mn_out_open(path, 0644, err)) != NULL;
	if (good) {
		mn_out_write(o, mn_buf_str(&b));
		good = mn_out_commit(o, true, NULL, err);
	}
	mn_buf_free(&b);
	return good;
}

bool
mn_docx_write(struct mn_docx *d, const char *path, struct mn_err *err)
{
	struct mn_buf all = mn_buf_new(BODY_BYTES + sizeof HEAD + sizeof TAIL);
	struct mn_buf look = mn_buf_new(2 * sizeof STYLES);
	styles(d->language, &look);
	mn_buf_add(&all, mn_str_c(HEAD));
	mn_buf_add(&all, mn_buf_str(&d->body));
	mn_buf_add(&all, mn_str_c(TAIL));
	bool good = !all.failed && !d->body.failed;
	if (!good)
		mn_fail(err, MN_E_IO, "%s: the document is too long", path);
	good = good && pack(mn_buf_str(&all), mn_buf_str(&look), path, err);
	mn_buf_free(&all);
	mn_buf_free(&look);
	return good;
}
