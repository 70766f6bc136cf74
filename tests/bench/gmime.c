/*
 * gmime.c - the yardstick for `parse`: each file once through gmime alone,
 * from its bytes to the text of its text parts. Prints how many it read.
 */
#include <fcntl.h>
#include <gmime/gmime.h>
#include <stdio.h>

static void
take_part(GMimeObject *parent, GMimeObject *part, gpointer user)
{
	size_t *length = user;
	char *text;

	(void)parent;
	if (!GMIME_IS_TEXT_PART(part))
		return;
	text = g_mime_text_part_get_text((GMimeTextPart *)part);
	if (text)
		*length += strlen(text);
	g_free(text);
}

static size_t
read_one(const char *name)
{
	GMimeStream *stream = g_mime_stream_file_open(name, "r", NULL);
	GMimeMessage *message = NULL;
	GMimeParser *parser;
	size_t length = 0;

	if (!stream)
		return 0;
	parser = g_mime_parser_new_with_stream(stream);
	message = g_mime_parser_construct_message(parser, NULL);
	if (message) {
		g_mime_message_foreach(message, take_part, &length);
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
	return length;
}

int
main(int argc, char **argv)
{
	size_t length = 0;

	g_mime_init();
	for (int i = 1; i < argc; i++)
		length += read_one(argv[i]);
	printf("%d mails, %zu bytes of text\n", argc - 1, length);
	return 0;
}
