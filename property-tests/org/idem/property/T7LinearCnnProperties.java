package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.theory.kernel.window.SoftWindow;

/** T7.linear-cnn against real training, and the soft window itself. */
class T7LinearCnnProperties extends KnownTheoremProperties {
    T7LinearCnnProperties() {
        super("T7.linear-cnn");
    }

    /** Weights sum to 1, are symmetric, and spread like L(K² − 1)/12. */
    @Property(tries = 50)
    void weightsAreALaw(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SoftWindow window = new SoftWindow(1 + random.nextInt(10), 1 + 2 * random.nextInt(4));
        double[] weights = window.weights();
        assertEquals(window.side(), weights.length);
        double sum = 0;
        double spread = 0;
        for (int i = 0; i < weights.length; i++) {
            assertTrue(weights[i] > 0);
            assertEquals(weights[i], weights[weights.length - 1 - i]);
            sum += weights[i];
            spread += weights[i] * Math.pow(i - weights.length / 2, 2);
        }
        double square = window.kernel() * window.kernel();
        assertEquals(1, sum, weights.length * 0x1p-52);
        assertEquals(window.depth() * (square - 1) / 12, spread, 0x1p-45 * (1 + spread));
    }

    /** Products of patches are the L-fold mean over offsets of products of pixels, taken one kernel after the other. */
    @Property(tries = 50)
    void productsOfPatchesAreRepeatedMeans(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int height = 1 + random.nextInt(4);
        int width = 1 + random.nextInt(4);
        SoftWindow window = new SoftWindow(1 + random.nextInt(4), 1 + 2 * random.nextInt(2));
        Array images = Scene.numbers(random, 2, 2, height, width);
        Array patches = window.patches(images, window.weights());
        int sites = height * width;
        double[][] products = new double[sites][sites];
        for (int p = 0; p < sites; p++) {
            for (int q = 0; q < sites; q++) {
                for (int channel = 0; channel < 2; channel++) {
                    products[p][q] += images.values()[channel * sites + p] * images.values()[(2 + channel) * sites + q];
                }
            }
        }
        for (int layer = 0; layer < window.depth(); layer++) {
            products = mean(products, window.kernel(), height, width);
        }
        for (int p = 0; p < sites; p++) {
            for (int q = 0; q < sites; q++) {
                double sum = 0;
                for (int i = 0; i < patches.size(1); i++) {
                    sum += patches.at(p, i) * patches.at(sites + q, i);
                }
                assertEquals(products[p][q], sum, 0x1p-44);
            }
        }
    }

    private static double[][] mean(double[][] products, int kernel, int height, int width) {
        double[][] mean = new double[products.length][products.length];
        int reach = kernel / 2;
        for (int p = 0; p < mean.length; p++) {
            for (int q = 0; q < mean.length; q++) {
                for (int down = -reach; down <= reach; down++) {
                    for (int right = -reach; right <= reach; right++) {
                        mean[p][q] +=
                                products[moved(p, down, right, height, width)][moved(q, down, right, height, width)]
                                        / (kernel * kernel);
                    }
                }
            }
        }
        return mean;
    }

    private static int moved(int site, int down, int right, int height, int width) {
        return Math.floorMod(site / width + down, height) * width + Math.floorMod(site % width + right, width);
    }

    @Example
    void windowsNeedAnOddKernelAndALayer() {
        assertThrows(IllegalArgumentException.class, () -> new SoftWindow(0, 3));
        assertThrows(IllegalArgumentException.class, () -> new SoftWindow(2, 4));
    }
}
