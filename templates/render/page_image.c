/*
 * page_image.c - a logo: PNG or JPEG, read once. A PNG is put on white, so
 * that nothing is transparent; a JPEG goes into the file as it is.
 */
#include "page.h"

#include <cairo-pdf.h>
#include <string.h>

#define MAX_FILE (8 << 20)
#define MAX_SIDE 6000

static struct {
	char *path;
	cairo_surface_t *surface;
} kept;

static cairo_surface_t *
on_white(cairo_surface_t *png)
{
	cairo_surface_t *out = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	    cairo_image_surface_get_width(png),
	    cairo_image_surface_get_height(png));
	cairo_t *cairo = cairo_create(out);

	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_set_source_surface(cairo, png, 0, 0);
	cairo_paint(cairo);
	cairo_destroy(cairo);
	cairo_surface_destroy(png);
	return out;
}

/* Width and height from the frame header; only grey and RGB. */
static bool
jpeg_size(const unsigned char *data, gsize length, int *width, int *height)
{
	gsize at = 2;

	while (at + 9 < length && data[at] == 0xff) {
		unsigned marker = data[at + 1];
		gsize size = (gsize)data[at + 2] << 8 | data[at + 3];

		if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
		    marker != 0xc8 && marker != 0xcc) {
			*height = data[at + 5] << 8 | data[at + 6];
			*width = data[at + 7] << 8 | data[at + 8];
			return data[at + 9] == 1 || data[at + 9] == 3;
		}
		at += 2 + size;
	}
	return false;
}

static cairo_surface_t *
read_jpeg(char *data, gsize length, char **why)
{
	cairo_surface_t *surface;
	int width = 0, height = 0;

	if (!jpeg_size((unsigned char *)data, length, &width, &height) ||
	    width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
		*why = g_strdup("it is no JPEG in RGB or grey, or too large");
		return NULL;
	}
	surface = cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, width, height);
	cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG,
	    g_memdup2(data, length), length, g_free, NULL);
	return surface;
}

struct bytes { const char *at; gsize left; };

static cairo_status_t
read_bytes(void *user, unsigned char *data, unsigned length)
{
	struct bytes *bytes = user;

	if (bytes->left < length)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(data, bytes->at, length);
	bytes->at += length;
	bytes->left -= length;
	return CAIRO_STATUS_SUCCESS;
}

/* The size stands in the first chunk: nothing huge is unpacked. */
static cairo_surface_t *
read_png(const char *data, gsize length, char **why)
{
	struct bytes bytes = {data, length};
	const unsigned char *head = (const unsigned char *)data + 16;
	cairo_surface_t *png;

	if (length < 33 || head[0] || head[1] || head[4] || head[5] ||
	    (head[2] << 8 | head[3]) > MAX_SIDE ||
	    (head[6] << 8 | head[7]) > MAX_SIDE) {
		*why = g_strdup("it is too large");
		return NULL;
	}
	png = cairo_image_surface_create_from_png_stream(read_bytes, &bytes);
	if (cairo_surface_status(png) == CAIRO_STATUS_SUCCESS)
		return on_white(png);
	cairo_surface_destroy(png);
	*why = g_strdup("it is a broken PNG");
	return NULL;
}

static cairo_surface_t *
read_image(const char *path, char **why)
{
	g_autofree char *data = NULL;
	g_autoptr(GError) error = NULL;
	gsize length;

	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
		*why = g_strdup("there is no such file");
		return NULL;
	}
	if (!g_file_get_contents(path, &data, &length, &error)) {
		*why = g_strdup(error->message);
		return NULL;
	}
	if (length > 8 && length < MAX_FILE && !memcmp(data, "\x89PNG", 4))
		return read_png(data, length, why);
	if (length > 8 && length < MAX_FILE && !memcmp(data, "\xff\xd8", 2))
		return read_jpeg(data, length, why);
	*why = g_strdup("it is neither PNG nor JPEG, or longer than 8 MB");
	return NULL;
}

cairo_surface_t *
page_image(const char *path, double *width, double *height, char **why)
{
	if (!kept.path || strcmp(kept.path, path) != 0) {
		cairo_surface_t *surface = read_image(path, why);

		if (!surface)
			return NULL;
		g_free(kept.path);
		if (kept.surface)
			cairo_surface_destroy(kept.surface);
		kept.path = g_strdup(path);
		kept.surface = surface;
	}
	*width = cairo_image_surface_get_width(kept.surface);
	*height = cairo_image_surface_get_height(kept.surface);
	return kept.surface;
}
