/**
 * Plain n-dimensional arrays of doubles, their floating-point precision and their NumPy file format.
 *
 * <p>Arrays are stored in C order. Start with {@link org.idem.array.Array}.
 */
package org.idem.array;
