/**
 * Where images come from: IDX, PNG and npy files, and a set that the project draws itself.
 *
 * <p>Images are arrays of shape (n, C, H, W), one image is (C, H, W); pixels lie nominally in [0, 1], 1 is white. Start
 * with {@link org.idem.image.ImageSource} for files and {@link org.idem.image.DrawnImages} for drawn ones.
 */
package org.idem.image;
