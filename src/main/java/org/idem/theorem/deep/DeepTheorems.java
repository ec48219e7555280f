package org.idem.theorem.deep;

import java.util.List;
import org.idem.image.ImagePool;
import org.idem.theorem.Theorem;

/** T3, T4 and T6 with their parts. */
public final class DeepTheorems {
    private DeepTheorems() {}

    /**
     * All of them.
     *
     * @param pool source of inputs and images
     * @return in order
     */
    public static List<Theorem<?>> list(ImagePool pool) {
        return List.of(
                new FirstLayerTheorem(pool),
                new ReceptiveFieldTheorem(pool),
                new BlankImageTheorem(pool),
                new LeastDepthTheorem(pool),
                new ImbalanceTheorem(pool),
                new UnitsTheorem(pool),
                new SplitTheorem(pool),
                new PathTheorem(pool),
                new ModesTheorem(pool),
                new DeepFlowTheorem(pool),
                new SmallStartTheorem(pool),
                new EquivarianceTheorem(pool),
                new NoMemoryTheorem(pool),
                new HomogeneousTheorem(pool),
                new AttractorTheorem(pool));
    }
}
