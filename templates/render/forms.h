/*
 * forms.h - what a letter can be written as: one row of a table a form.
 */
#ifndef FORMS_H
#define FORMS_H

#include <glib.h>
#include <jansson.h>

/* The letter in this form ("message", "text", "html", "pdf", "xml:PROFILE";
 * NULL or "": "message"). Warnings go as lines to *warning (may end NULL).
 * NULL: *why. The caller frees all three. */
GBytes *form_write(const json_t *letter, const char *form, char **warning,
    char **why);

#endif
