package org.idem.theory.kernel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The layers of one image. The first are kept, so that all pairs that the image is part of share them. */
final class ImageLayers {
    /** So many layers are kept; those beyond are computed anew for each pair, which costs a pair little. */
    static final int KEPT = 32;

    private final InfiniteNetwork network;
    private final KernelImage image;
    private final List<ImageRecursion.Layer> kept = new ArrayList<>();
    private final ImageRecursion.Layer last;

    ImageLayers(InfiniteNetwork network, KernelImage image) {
        this.network = network;
        this.image = image;
        ImageRecursion recursion = ImageRecursion.of(network, image);
        kept.add(recursion.layer());
        for (int depth = 1; depth <= network.architecture().depth(); depth++) {
            recursion.next();
            if (depth <= KEPT) {
                kept.add(recursion.layer());
            }
        }
        last = recursion.layer();
    }

    KernelImage image() {
        return image;
    }

    /** The signals of the outputs. */
    ImageRecursion.Layer last() {
        return last;
    }

    /** The image itself, then its layers, one after the other. */
    Iterator<ImageRecursion.Layer> walk() {
        return new Iterator<>() {
            private int given;
            private @Nullable ImageRecursion beyond;

            @Override
            public boolean hasNext() {
                return given <= network.architecture().depth();
            }

            @Override
            public ImageRecursion.Layer next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the network has no layer " + given);
                }
                return given < kept.size() ? kept.get(given++) : computed();
            }

            private ImageRecursion.Layer computed() {
                ImageRecursion recursion = beyond;
                if (recursion == null) {
                    recursion = ImageRecursion.of(network, image);
                    for (int depth = 1; depth < given; depth++) {
                        recursion.next();
                    }
                    beyond = recursion;
                }
                recursion.next();
                given++;
                return recursion.layer();
            }
        };
    }
}
