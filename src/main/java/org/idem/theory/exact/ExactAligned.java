package org.idem.theory.exact;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalOptimizer;

/**
 * T4.path in fractions: the strengths of aligned layers s_j u_j u_{j−1}ᵀ + R_j, and what decay leaves of R_j. Source:
 * proofs/T4.path.md.
 *
 * @param inputNorm ρ
 * @param targetNorm τ
 * @param optimizer method
 */
public record ExactAligned(BigFraction inputNorm, BigFraction targetNorm, RationalOptimizer optimizer) {
    /**
     * The strengths after some steps.
     *
     * @param start s_1, …, s_L
     * @param steps how many
     * @return fresh
     */
    public List<BigFraction> strengths(List<BigFraction> start, int steps) {
        List<Moving> moving = new ArrayList<>();
        start.forEach(strength -> moving.add(new Moving(strength)));
        for (int step = 0; step < steps; step++) {
            BigFraction product = product(moving, -1);
            BigFraction pull = inputNorm.multiply(inputNorm.multiply(product).subtract(targetNorm));
            List<BigFraction> pulls = new ArrayList<>();
            for (int layer = 0; layer < moving.size(); layer++) {
                pulls.add(pull.multiply(product(moving, layer)));
            }
            for (int layer = 0; layer < moving.size(); layer++) {
                moving.get(layer).pull(optimizer, pulls.get(layer));
            }
        }
        return moving.stream().map(each -> each.position).toList();
    }

    /**
     * The factor that decay alone leaves of what data do not see.
     *
     * @param optimizer method
     * @param steps how many
     * @return r_t(ω), 1 without decay
     */
    public static BigFraction kept(RationalOptimizer optimizer, int steps) {
        Moving moving = new Moving(BigFraction.ONE);
        for (int step = 0; step < steps; step++) {
            moving.pull(optimizer, BigFraction.ZERO);
        }
        return moving.position;
    }

    private static BigFraction product(List<Moving> strengths, int without) {
        BigFraction product = BigFraction.ONE;
        for (int layer = 0; layer < strengths.size(); layer++) {
            product = layer == without ? product : product.multiply(strengths.get(layer).position);
        }
        return product;
    }

    /** A number that the method moves. */
    private static final class Moving {
        private BigFraction position;
        private BigFraction velocity = BigFraction.ZERO;

        Moving(BigFraction position) {
            this.position = position;
        }

        void pull(RationalOptimizer method, BigFraction data) {
            BigFraction slope = data.add(method.weightDecay().multiply(position));
            velocity = velocity.multiply(method.momentum()).add(slope);
            BigFraction look =
                    method.nesterov() ? method.momentum().multiply(velocity).add(slope) : velocity;
            position = position.subtract(method.learningRate().multiply(look));
        }
    }
}
