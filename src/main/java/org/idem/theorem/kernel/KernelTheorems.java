package org.idem.theorem.kernel;

import java.util.List;
import org.idem.image.ImagePool;
import org.idem.theorem.Theorem;

/** T7 with its parts, as far as equalities go. */
public final class KernelTheorems {
    private KernelTheorems() {}

    /**
     * All of them.
     *
     * @param pool source of images
     * @return in order
     */
    public static List<Theorem<?>> list(ImagePool pool) {
        return List.of(
                new LinearCnnTheorem(pool),
                new ConversionTheorem(pool),
                new DepthTheorem(),
                new LazyTheorem(),
                new MeanTheorem(),
                new CovarianceTheorem());
    }
}
