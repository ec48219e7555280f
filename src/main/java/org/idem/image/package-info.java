/**
 * Where images come from: IDX, PNG and npy files.
 *
 * <p>Start with {@link org.idem.image.ImageSource}.
 */
package org.idem.image;
