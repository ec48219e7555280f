/** The command line: {@code idem COMMAND}. Start with {@link org.idem.cli.Main}. */
package org.idem.cli;
