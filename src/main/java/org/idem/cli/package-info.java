/**
 * The command line: {@code idem COMMAND}. Start with {@link org.idem.cli.Main}.
 *
 * <p>Commands have rooms by what they are about: theorems and trials, single networks, studies. What they share stands
 * below: how arguments are read, and how the program speaks to its user.
 */
package org.idem.cli;
