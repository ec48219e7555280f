/**
 * How the program speaks to its user: exit codes, progress, standard output that knows why it could not be written and
 * whether its reader has ended, and the one line that refuses bad input, {@link org.idem.cli.terminal.BadInput}.
 */
package org.idem.cli.terminal;
