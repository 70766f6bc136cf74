/*
 * limits.h - how much of everything one message may have. What is over a
 * limit never reaches gmime: see prescan.c for where each is counted. The
 * figures are far above what banks and people send, and low enough that the
 * child stays under its own limits of memory and time.
 */
#ifndef LIMITS_H
#define LIMITS_H

#define LIMIT_MESSAGE (256 << 20)	/* bytes of a message */
#define LIMIT_HEADER (512 << 10)	/* bytes of the header */
#define LIMIT_FIELD (128 << 10)		/* bytes of one field, folds included */
#define LIMIT_FIELDS 2000		/* fields in the header */
#define LIMIT_WORDS 4000		/* encoded words in the header */
#define LIMIT_LINE (32 << 20)		/* bytes of one line of the body */
#define LIMIT_GROUPS 40			/* colons in one address field */
#define LIMIT_COMMENTS 200		/* opening brackets in one field */
#define LIMIT_ADDRESSES 5000		/* commas in one address field */
#define LIMIT_PARAMETERS 100		/* semicolons in one Content-Type */
#define LIMIT_CONTAINERS 60		/* multiparts and messages in a message */
#define LIMIT_PARTS 2000		/* boundary lines of all multiparts */
#define LIMIT_CHARSETS 12		/* different ones, warmed for a message */

#define LIMIT_TEXT (1 << 20)		/* bytes of text read out of a message */
#define LIMIT_HTML (2 << 20)		/* bytes of HTML sent to the helper */
#define LIMIT_ATTACHED (8 << 20)	/* bytes of an attached statement */
#define LIMIT_ATTACHMENTS 8		/* statements attached to one mail */
#define LIMIT_SIGNATURES 3		/* of a mail that are verified */
#define LIMIT_EVENTS 20000		/* events of one message or statement */
#define LIMIT_FRAME (16 << 20)		/* bytes in one frame of the pipe */

#define LIMIT_INVOICE (24 << 20)	/* bytes of an e-invoice as JSON */
#define LIMIT_INVOICE_MS 9000		/* in which it is read */

#define LIMIT_CHILD_MEMORY (768UL << 20)	/* address space of the child */
#define LIMIT_CHILD_FILES 16

#endif
