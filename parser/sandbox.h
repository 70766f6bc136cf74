/*
 * sandbox.h - what a process that parses hostile bytes may still do. Internal
 * to parser/.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>

/* Limits of CPU time, memory, files and processes; no file can grow, no core
 * is written, no privilege can be gained. */
void sandbox_limit(int cpu_seconds);

/* From now on: read, allocate, and write to the descriptors up to and
 * including last; everything else fails with EACCES where libraries try it in
 * good faith, or kills the process. False when the kernel would not do it. */
bool sandbox_enter(int last);

#endif
