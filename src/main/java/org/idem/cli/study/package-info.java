/**
 * Commands of the laboratory: {@code study} and {@code findings}, and {@code images}, which shows what they train on.
 * Start with {@link org.idem.cli.study.StudyCommand}.
 */
package org.idem.cli.study;
