package org.idem.theorem.exact;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalRun;

/** A wrong version of the theory, which exact training must contradict. */
public sealed interface ExactVariant {
    /**
     * What is wrong.
     *
     * @return a few words
     */
    String name();

    /**
     * A wrong prediction of trained parameters (T1, T2).
     *
     * @param name a few words
     * @param prediction from the run that really happens to the parameters believed in; empty if the run lacks what the
     *     variant is mistaken about
     */
    record OfTrajectory(String name, Function<RationalRun, Optional<RationalParameters>> prediction)
            implements ExactVariant {}

    /**
     * A network wrongly believed to compute the identity (T0).
     *
     * @param name a few words
     * @param construction from the right network to the wrong one; empty if there is nothing to get wrong
     */
    record OfConstruction(String name, Function<List<RationalLayer>, Optional<List<RationalLayer>>> construction)
            implements ExactVariant {}

    /**
     * A wrong version of what T4 or T6 says of deep networks.
     *
     * @param mistake which
     */
    record OfDeepNetwork(DeepMistake mistake) implements ExactVariant {
        @Override
        public String name() {
            return mistake.toString();
        }
    }
}
