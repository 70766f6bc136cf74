/*
 * parse_files.h - a run of files, shared out among the processors.
 */
#ifndef PARSE_FILES_H
#define PARSE_FILES_H

#include <glib.h>
#include <stdbool.h>

/* Reads files first to first + count - 1 and prints what they are: an exit
 * code. Runs in a process of its own for all runs but the first. */
typedef int parse_run_fn(int first, int count, void *user);

/* Calls run for all files, in as many processes as it is worth; what they
 * print comes in the order of the files. The first exit code that is not 0. */
int parse_files(int count, parse_run_fn *run, void *user);

#endif
