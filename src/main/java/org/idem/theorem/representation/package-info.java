/**
 * What networks can represent, before any training. Start with
 * {@link org.idem.theorem.representation.IdentityRepresentable}.
 */
package org.idem.theorem.representation;
