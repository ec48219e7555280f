/**
 * Where a result comes from: version of the program, of its libraries and of the project; machine and date.
 *
 * <p>Start with {@link org.idem.provenance.Provenance}.
 */
package org.idem.provenance;
