/**
 * Commands about theorems and their trials: {@code verify}, {@code power}, {@code replay} and {@code theorems}. Start
 * with {@link org.idem.cli.theorem.VerifyCommand}.
 */
package org.idem.cli.theorem;
