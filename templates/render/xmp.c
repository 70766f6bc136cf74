/*
 * xmp.c - the metadata of a PDF/A: what the information dictionary says too,
 * and of an embedded invoice what its reader looks for first.
 */
#include "pdfa.h"

#define FX "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"

static const struct {
	const char *name, *value, *meaning;
} properties[] = {
    {"DocumentFileName", "factur-x.xml", "name of the embedded invoice"},
    {"DocumentType", "INVOICE", "type of the embedded document"},
    {"Version", "1.0", "version of the standard of the embedded invoice"},
    {"ConformanceLevel", "EN 16931", "profile of the embedded invoice"}};

static void
open_part(GString *out, const char *prefix, const char *name)
{
	g_string_append_printf(out,
	    "<rdf:Description rdf:about=\"\" xmlns:%s=\"%s\">\n", prefix,
	    name);
}

static void
close_part(GString *out)
{
	g_string_append(out, "</rdf:Description>\n");
}

static void
add_property(GString *out, const char *name, const char *value)
{
	g_autofree char *escaped = g_markup_escape_text(value ? value : "", -1);

	if (value)
		g_string_append_printf(
		    out, "<%s>%s</%s>\n", name, escaped, name);
}

static void
add_dublin_core(GString *out, const struct pdfa *about)
{
	g_autofree char *title = g_markup_escape_text(
	    about->title ? about->title : "", -1);
	g_autofree char *author = g_markup_escape_text(
	    about->author ? about->author : "", -1);

	open_part(out, "dc", "http://purl.org/dc/elements/1.1/");
	add_property(out, "dc:format", "application/pdf");
	g_string_append_printf(out, "<dc:title><rdf:Alt><rdf:li "
	    "xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n",
	    title);
	if (*author)
		g_string_append_printf(out, "<dc:creator><rdf:Seq><rdf:li>%s"
		    "</rdf:li></rdf:Seq></dc:creator>\n", author);
	if (about->language)
		g_string_append_printf(out, "<dc:language><rdf:Bag><rdf:li>%s"
		    "</rdf:li></rdf:Bag></dc:language>\n", about->language);
	close_part(out);
}

/* A schema that PDF/A does not know is described in the file itself. */
static void
add_schema(GString *out)
{
	g_string_append(out, "<rdf:Description rdf:about=\"\" "
	    "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
	    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
	    "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
	    "<pdfaExtension:schemas><rdf:Bag>"
	    "<rdf:li rdf:parseType=\"Resource\">\n"
	    "<pdfaSchema:schema>Factur-X PDFA Extension Schema"
	    "</pdfaSchema:schema>\n"
	    "<pdfaSchema:namespaceURI>" FX "</pdfaSchema:namespaceURI>\n"
	    "<pdfaSchema:prefix>fx</pdfaSchema:prefix>\n"
	    "<pdfaSchema:property><rdf:Seq>\n");
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++)
		g_string_append_printf(out,
		    "<rdf:li rdf:parseType=\"Resource\">"
		    "<pdfaProperty:name>%s</pdfaProperty:name>"
		    "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
		    "<pdfaProperty:category>external</pdfaProperty:category>"
		    "<pdfaProperty:description>%s</pdfaProperty:description>"
		    "</rdf:li>\n", properties[i].name, properties[i].meaning);
	g_string_append(out, "</rdf:Seq></pdfaSchema:property>"
	    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n");
	close_part(out);
}

static void
add_invoice(GString *out)
{
	open_part(out, "fx", FX);
	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++) {
		g_autofree char *name = g_strconcat(
		    "fx:", properties[i].name, NULL);

		add_property(out, name, properties[i].value);
	}
	close_part(out);
	add_schema(out);
}

char *
xmp_write(const struct pdfa *about)
{
	GString *out = g_string_new("<?xpacket begin=\"\uFEFF\" "
	    "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf="
	    "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");

	open_part(out, "pdfaid", "http://www.aiim.org/pdfa/ns/id/");
	add_property(out, "pdfaid:part", "3");
	add_property(out, "pdfaid:conformance", "B");
	close_part(out);
	add_dublin_core(out, about);
	open_part(out, "xmp", "http://ns.adobe.com/xap/1.0/");
	add_property(out, "xmp:CreateDate", about->created);
	add_property(out, "xmp:ModifyDate", about->created);
	close_part(out);
	open_part(out, "pdf", "http://ns.adobe.com/pdf/1.3/");
	add_property(out, "pdf:Producer", "mailfilter");
	close_part(out);
	if (about->invoice)
		add_invoice(out);
	g_string_append(out, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>");
	return g_string_free(out, FALSE);
}
