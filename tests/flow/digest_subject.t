#!/bin/sh
# The same where addresses have no tags: the subject has it.
DELIMITER='' exec sh "$(dirname "$0")/digest.t"
