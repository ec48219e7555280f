/**
 * How words of a command line are read: numbers, names, files. Whatever is wrong is refused before any work starts.
 * Start with {@link org.idem.cli.argument.FileArguments}.
 */
package org.idem.cli.argument;
