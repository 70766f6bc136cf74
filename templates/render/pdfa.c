/*
 * pdfa.c - what cairo does not write and PDF/A-3b asks for: metadata, a colour
 * profile, a map from characters to glyphs, line ends before endstream; and
 * the invoice's XML, embedded as an alternative of the page.
 */
#include "pdfa.h"

#include <qpdf/qpdf-c.h>
#include <string.h>
#include <zlib.h>

#define NAME "factur-x.xml"

static qpdf_oh
add_stream(qpdf_data pdf, const void *data, size_t length, qpdf_oh filter)
{
	qpdf_oh stream = qpdf_oh_new_stream(pdf);

	qpdf_oh_replace_stream_data(pdf, stream, data, length, filter,
	    qpdf_oh_new_null(pdf));
	return stream;
}

static void
set_name(qpdf_data pdf, qpdf_oh object, const char *key, const char *name)
{
	qpdf_oh_replace_key(pdf, object, key, qpdf_oh_new_name(pdf, name));
}

static void
add_metadata(qpdf_data pdf, qpdf_oh root, const struct pdfa *about)
{
	g_autofree char *xmp = xmp_write(about);
	qpdf_oh stream = add_stream(
	    pdf, xmp, strlen(xmp), qpdf_oh_new_null(pdf));
	qpdf_oh dict = qpdf_oh_get_dict(pdf, stream);
	qpdf_oh trailer = qpdf_get_trailer(pdf), info, viewer;

	set_name(pdf, dict, "/Type", "/Metadata");
	set_name(pdf, dict, "/Subtype", "/XML");
	qpdf_oh_replace_key(pdf, root, "/Metadata", stream);
	if (about->language)
		qpdf_oh_replace_key(pdf, root, "/Lang",
		    qpdf_oh_new_unicode_string(pdf, about->language));
	viewer = qpdf_oh_new_dictionary(pdf);
	qpdf_oh_replace_key(
	    pdf, viewer, "/DisplayDocTitle", qpdf_oh_new_bool(pdf, QPDF_TRUE));
	qpdf_oh_replace_key(pdf, root, "/ViewerPreferences", viewer);
	info = qpdf_oh_get_key(pdf, trailer, "/Info");
	if (qpdf_oh_is_dictionary(pdf, info))
		qpdf_oh_replace_key(pdf, info, "/Producer",
		    qpdf_oh_new_unicode_string(pdf, "mailfilter"));
}

/* The profile, compressed once for all letters. */
static GBytes *
profile_get(void)
{
	static GBytes *kept;
	gsize length;
	const void *data = g_bytes_get_data(icc_srgb(), &length);
	uLongf size = compressBound(length);
	void *packed;

	if (kept)
		return kept;
	packed = g_malloc(size);
	compress2(packed, &size, data, length, Z_BEST_COMPRESSION);
	kept = g_bytes_new_take(packed, size);
	return kept;
}

static void
add_intent(qpdf_data pdf, qpdf_oh root)
{
	gsize length;
	const void *data = g_bytes_get_data(profile_get(), &length);
	qpdf_oh profile = add_stream(
	    pdf, data, length, qpdf_oh_new_name(pdf, "/FlateDecode"));
	qpdf_oh intent = qpdf_oh_new_dictionary(pdf);
	qpdf_oh list = qpdf_oh_new_array(pdf);

	qpdf_oh_replace_key(pdf, qpdf_oh_get_dict(pdf, profile), "/N",
	    qpdf_oh_new_integer(pdf, 3));
	set_name(pdf, intent, "/Type", "/OutputIntent");
	set_name(pdf, intent, "/S", "/GTS_PDFA1");
	qpdf_oh_replace_key(pdf, intent, "/OutputConditionIdentifier",
	    qpdf_oh_new_string(pdf, "sRGB IEC61966-2.1"));
	qpdf_oh_replace_key(pdf, intent, "/Info",
	    qpdf_oh_new_string(pdf, "sRGB IEC61966-2.1"));
	qpdf_oh_replace_key(pdf, intent, "/DestOutputProfile", profile);
	qpdf_oh_append_item(
	    pdf, list, qpdf_make_indirect_object(pdf, intent));
	qpdf_oh_replace_key(pdf, root, "/OutputIntents", list);
}

/* "2026-11-02T09:00:00+01:00" -> "D:20261102090000+01'00'" */
static char *
pdf_date(const char *iso)
{
	GString *out = g_string_new("D:");

	for (const char *at = iso; *at && at < iso + 19; at++)
		if (g_ascii_isdigit(*at))
			g_string_append_c(out, *at);
	if (strlen(iso) < 20)
		return g_string_free(out, FALSE);
	if (strlen(iso) >= 25)
		g_string_append_printf(out, "%.3s'%.2s'", iso + 19, iso + 23);
	else
		g_string_append_c(out, 'Z');
	return g_string_free(out, FALSE);
}

static qpdf_oh
embedded_stream(qpdf_data pdf, const struct pdfa *about)
{
	gsize length;
	const void *data = g_bytes_get_data(about->invoice, &length);
	qpdf_oh stream = add_stream(pdf, data, length, qpdf_oh_new_null(pdf));
	qpdf_oh dict = qpdf_oh_get_dict(pdf, stream);
	qpdf_oh params = qpdf_oh_new_dictionary(pdf);
	g_autofree char *date = pdf_date(about->created);

	set_name(pdf, dict, "/Type", "/EmbeddedFile");
	set_name(pdf, dict, "/Subtype", "/text/xml");
	qpdf_oh_replace_key(pdf, params, "/Size",
	    qpdf_oh_new_integer(pdf, (long long)length));
	qpdf_oh_replace_key(
	    pdf, params, "/ModDate", qpdf_oh_new_string(pdf, date));
	qpdf_oh_replace_key(pdf, dict, "/Params", params);
	return stream;
}

static void
add_invoice(qpdf_data pdf, qpdf_oh root, const struct pdfa *about)
{
	qpdf_oh stream = embedded_stream(pdf, about);
	qpdf_oh spec = qpdf_oh_new_dictionary(pdf), list;
	qpdf_oh files = qpdf_oh_new_dictionary(pdf);
	qpdf_oh names = qpdf_oh_new_dictionary(pdf);

	set_name(pdf, spec, "/Type", "/Filespec");
	qpdf_oh_replace_key(pdf, spec, "/F", qpdf_oh_new_string(pdf, NAME));
	qpdf_oh_replace_key(
	    pdf, spec, "/UF", qpdf_oh_new_unicode_string(pdf, NAME));
	set_name(pdf, spec, "/AFRelationship", "/Alternative");
	qpdf_oh_replace_key(
	    pdf, spec, "/Desc", qpdf_oh_new_string(pdf, "Invoice data"));
	qpdf_oh_replace_key(pdf, files, "/F", stream);
	qpdf_oh_replace_key(pdf, files, "/UF", stream);
	qpdf_oh_replace_key(pdf, spec, "/EF", files);
	spec = qpdf_make_indirect_object(pdf, spec);
	list = qpdf_oh_new_array(pdf);
	qpdf_oh_append_item(pdf, list, spec);
	qpdf_oh_replace_key(pdf, root, "/AF", list);
	list = qpdf_oh_new_array(pdf);
	qpdf_oh_append_item(pdf, list, qpdf_oh_new_string(pdf, NAME));
	qpdf_oh_append_item(pdf, list, spec);
	files = qpdf_oh_new_dictionary(pdf);
	qpdf_oh_replace_key(pdf, files, "/Names", list);
	qpdf_oh_replace_key(pdf, names, "/EmbeddedFiles", files);
	qpdf_oh_replace_key(pdf, root, "/Names", names);
}

static qpdf_oh
add_operators(qpdf_data pdf, const char *text, size_t length)
{
	return add_stream(pdf, text, length, qpdf_oh_new_null(pdf));
}

/* Operators behind those that cairo wrote, which turn the page upside down
 * and leave it so: they are set in q and Q. */
static void
add_overlay(qpdf_data pdf, const GPtrArray *overlay)
{
	for (guint i = 0; overlay && i < overlay->len; i++) {
		const GString *text = overlay->pdata[i];
		qpdf_oh page, list;

		if (!text || (int)i >= qpdf_get_num_pages(pdf))
			continue;
		page = qpdf_get_page_n(pdf, i);
		list = qpdf_oh_new_array(pdf);
		qpdf_oh_append_item(pdf, list, add_operators(pdf, "q\n", 2));
		qpdf_oh_append_item(
		    pdf, list, qpdf_oh_get_key(pdf, page, "/Contents"));
		qpdf_oh_append_item(pdf, list,
		    add_operators(pdf, text->str, text->len));
		qpdf_oh_replace_key(pdf, page, "/Contents", list);
	}
}

/* What cairo leaves out of fonts, and puts on pages without need: nothing of
 * ours is transparent. */
static void
mend_objects(qpdf_data pdf)
{
	int count = qpdf_oh_get_int_value_as_int(pdf, qpdf_oh_get_key(pdf,
	    qpdf_get_trailer(pdf), "/Size"));

	for (int id = 1; id < count; id++) {
		qpdf_oh object = qpdf_get_object_by_id(pdf, id, 0), type;

		if (!qpdf_oh_is_dictionary(pdf, object))
			continue;
		type = qpdf_oh_get_key(pdf, object, "/Subtype");
		if (qpdf_oh_is_name(pdf, type) &&
		    !strcmp(qpdf_oh_get_name(pdf, type), "/CIDFontType2") &&
		    !qpdf_oh_has_key(pdf, object, "/CIDToGIDMap"))
			set_name(pdf, object, "/CIDToGIDMap", "/Identity");
		type = qpdf_oh_get_key(pdf, object, "/Type");
		if (qpdf_oh_is_name(pdf, type) &&
		    !strcmp(qpdf_oh_get_name(pdf, type), "/Page"))
			qpdf_oh_remove_key(pdf, object, "/Group");
	}
}

static GBytes *
write_out(qpdf_data pdf)
{
	qpdf_init_write_memory(pdf);
	qpdf_set_newline_before_endstream(pdf, QPDF_TRUE);
	qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
	qpdf_set_object_stream_mode(pdf, qpdf_o_disable);
	qpdf_set_minimum_pdf_version(pdf, "1.7");
	if (qpdf_write(pdf) & QPDF_ERRORS)
		return NULL;
	return g_bytes_new(
	    qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
}

GBytes *
pdfa_write(const GByteArray *data, const struct pdfa *about, char **why)
{
	qpdf_data pdf = qpdf_init();
	GBytes *out = NULL;

	qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
	if (!(qpdf_read_memory(pdf, "page", (const char *)data->data,
	    data->len, NULL) & QPDF_ERRORS)) {
		qpdf_oh root = qpdf_get_root(pdf);

		add_metadata(pdf, root, about);
		add_intent(pdf, root);
		add_overlay(pdf, about->overlay);
		if (about->invoice)
			add_invoice(pdf, root, about);
		mend_objects(pdf);
		out = write_out(pdf);
	}
	if (!out)
		*why = g_strdup_printf("the page could not be made PDF/A: %s",
		    qpdf_has_error(pdf) ? qpdf_get_error_full_text(
		        pdf, qpdf_get_error(pdf)) : "no error was told");
	qpdf_cleanup(&pdf);
	return out;
}
