/**
 * Plain n-dimensional arrays of doubles, their floating-point precision and NumPy's file formats npy and npz.
 *
 * <p>Arrays are stored in C order. Start with {@link org.idem.array.Array}.
 */
package org.idem.array;
