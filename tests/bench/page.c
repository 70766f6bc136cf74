/*
 * page.c - what pango and cairo alone need: COUNT one-page PDFs in a folder,
 * with a few lines of text or with all that stands on an invoice.
 *	page COUNT FOLDER few|all
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const texts[] = {"Molina Estudio SL", "Total a pagar",
    "344,85 €", "Vencimiento", "23 de diciembre de 2026", "Cliente 17 SA",
    "Gran Via 17", "48001 Bilbao", "Número", "S-0017", "Fecha",
    "23 de noviembre de 2026", "NIF", "ESB99611097", "Factura", "Descripción",
    "Cantidad", "Precio", "IVA", "Importe", "Diseño de página 17", "3", "h",
    "55,00 €", "21 %", "165,00 €", "Impresión", "100", "uds.", "1,20 €",
    "21 %", "120,00 €", "Base imponible", "285,00 €", "IVA 21 %", "59,85 €",
    "Importe total", "344,85 €", "Cómo pagar", "Importe", "344,85 €",
    "Fecha límite de pago", "23 de diciembre de 2026", "Titular de la cuenta",
    "Molina Estudio SL", "IBAN", "ES66 2100 0418 4012 3456 7891", "Concepto",
    "RF18S0017", "Le rogamos que pague a más tardar el 23 de diciembre.",
    "Calle Luna 3", "28004 Madrid", "info@molina.example"};

static void
write_text(cairo_t *cairo, int k, const char *font)
{
	PangoLayout *layout = pango_cairo_create_layout(cairo);
	PangoFontDescription *description =
	    pango_font_description_from_string(font);

	pango_layout_set_font_description(layout, description);
	pango_layout_set_text(layout, texts[k], -1);
	cairo_move_to(cairo, 60 + k % 2 * 200, 40 + 13 * k);
	pango_cairo_show_layout(cairo, layout);
	pango_font_description_free(description);
	g_object_unref(layout);
}

static void
draw_code(cairo_t *cairo)
{
	QRcode *code = QRcode_encodeString8bit("BCD\n002\n1\nSCT\n\nMolina "
	    "Estudio SL\nES6621000418401234567891\nEUR344.85\n\nRF18S0017", 0,
	    QR_ECLEVEL_M);

	for (int i = 0; i < code->width * code->width; i++)
		if (code->data[i] & 1)
			cairo_rectangle(cairo, 400 + i % code->width * 2,
			    600 + i / code->width * 2, 2, 2);
	cairo_fill(cairo);
	QRcode_free(code);
}

static void
draw_page(const char *path, bool all)
{
	cairo_surface_t *surface = cairo_pdf_surface_create(path, 595, 842);
	cairo_t *cairo = cairo_create(surface);
	int count = all ? (int)G_N_ELEMENTS(texts) : 5;

	for (int k = 0; k < count; k++)
		write_text(cairo, k, all && k % 4 == 2 ? "Noto Sans Bold 12"
						       : "Noto Sans 9");
	if (all)
		draw_code(cairo);
	cairo_show_page(cairo);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}

int
main(int argc, char **argv)
{
	if (argc != 4)
		return 64;
	for (int i = 0; i < atoi(argv[1]); i++) {
		char path[4096];

		snprintf(path, sizeof path, "%s/%d.pdf", argv[2], i);
		draw_page(path, strcmp(argv[3], "all") == 0);
	}
	return 0;
}
