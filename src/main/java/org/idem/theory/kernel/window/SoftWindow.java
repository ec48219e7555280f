package org.idem.theory.kernel.window;

import org.idem.array.Array;

/**
 * The window through which an infinitely wide, deep linear CNN with circular padding and without biases sees an image:
 * offset δ counts B_L(δ), the L-fold convolution of the uniform law on the K × K offsets of a kernel. In the mean over
 * its initial weights the network is the one-layer network on the patches √B_L(δ)·x[p + δ], started at 0 and trained at
 * κ = Lσ_w^(2L)/C times its learning rate. Source: proofs/T7.linear-cnn.md.
 *
 * @param depth L, at least 1
 * @param kernel K, odd
 */
public record SoftWindow(int depth, int kernel) {
    /** Checks depth and kernel. */
    public SoftWindow {
        if (depth < 1 || kernel < 1 || kernel % 2 == 0) {
            throw new IllegalArgumentException("a window needs a depth of at least 1 and an odd kernel, got depth "
                    + depth + " and kernel " + kernel);
        }
    }

    /**
     * Side of the window.
     *
     * @return L(K − 1) + 1
     */
    public int side() {
        return depth * (kernel - 1) + 1;
    }

    /**
     * The window along one axis; that of offset (y, x) is the product of two.
     *
     * @return b_L, of length {@link #side}, with sum 1; each within an ulp while K^L &lt; 2⁵³
     */
    public double[] weights() {
        double[] counts = {1};
        for (int layer = 0; layer < depth; layer++) {
            double[] wider = new double[counts.length + kernel - 1];
            for (int i = 0; i < counts.length; i++) {
                for (int offset = 0; offset < kernel; offset++) {
                    wider[i + offset] += counts[i];
                }
            }
            counts = wider;
        }
        double all = Math.pow(kernel, depth);
        for (int i = 0; i < counts.length; i++) {
            counts[i] /= all;
        }
        return counts;
    }

    /**
     * What one layer sees instead of the images.
     *
     * @param images (n, C, H, W)
     * @param along window along one axis, of length {@link #side}
     * @return (nHW, C·side²): one row for each pixel p, with √(b(δ_y)b(δ_x))·x_c[p + δ], the image repeated
     */
    public Array patches(Array images, double[] along) {
        int channels = images.size(1);
        int height = images.size(2);
        int width = images.size(3);
        int side = side();
        int reach = side / 2;
        Array patches = Array.zeros(images.size(0) * height * width, channels * side * side);
        int next = 0;
        for (int site = 0; site < patches.size(0); site++) {
            int plane = site / (height * width) * channels;
            int y = site / width % height;
            int x = site % width;
            for (int channel = 0; channel < channels; channel++) {
                for (int down = 0; down < side; down++) {
                    int row = ((plane + channel) * height + Math.floorMod(y + down - reach, height)) * width;
                    for (int right = 0; right < side; right++) {
                        patches.values()[next++] = Math.sqrt(along[down] * along[right])
                                * images.values()[row + Math.floorMod(x + right - reach, width)];
                    }
                }
            }
        }
        return patches;
    }

    /**
     * Targets or outputs with one row for each pixel.
     *
     * @param images (n, k, H, W)
     * @return (nHW, k)
     */
    public static Array rows(Array images) {
        int channels = images.size(1);
        int plane = images.size(2) * images.size(3);
        Array rows = Array.zeros(images.size(0) * plane, channels);
        for (int i = 0; i < images.length(); i++) {
            int site = i / (plane * channels) * plane + i % plane;
            rows.values()[site * channels + i / plane % channels] = images.values()[i];
        }
        return rows;
    }

    /**
     * What the learning rate of the deep network is multiplied by.
     *
     * @param weightVariance σ_w²
     * @param channels C of the images
     * @return κ = Lσ_w^(2L)/C
     */
    public double factor(double weightVariance, int channels) {
        return depth * Math.pow(weightVariance, depth) / channels;
    }
}
