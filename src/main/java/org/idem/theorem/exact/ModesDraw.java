package org.idem.theorem.exact;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalOptimizer;
import org.idem.theory.exact.ExactAligned;
import org.idem.theory.exact.RationalMatrix;
import org.idem.training.exact.ExactDeepTrainer;
import org.jspecify.annotations.Nullable;

/**
 * Layers Q_{j+1} diag(s_j) Q_jᵀ in fractions, trained on the identity task, and compared with what T4.modes says of
 * them; examples are H diag(μ) Qᵀ. All Q and H are columns of reflections.
 */
final class ModesDraw {
    private final RationalDraw draw;
    private final @Nullable DeepMistake mistake;

    ModesDraw(RationalDraw draw, @Nullable DeepMistake mistake) {
        this.draw = draw;
        this.mistake = mistake;
    }

    /** Some columns of a reflection, which are orthonormal. */
    private RationalMatrix orthonormal(int size, int columns) {
        RationalMatrix normal = new RationalMatrix(draw.array(1, size, 1));
        while (DeepDraw.isZero(normal.entries())) {
            normal = new RationalMatrix(draw.array(1, size, 1));
        }
        BigFraction twice = new BigFraction(2).divide(DeepDraw.dot(normal, normal));
        return RationalMatrix.identity(size)
                .minus(normal.times(normal.transposed()).times(twice))
                .rows(0, columns);
    }

    private static RationalMatrix diagonal(List<BigFraction> numbers, int columns) {
        BigFraction[] entries = new BigFraction[numbers.size() * columns];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = i / columns == i % columns ? numbers.get(i / columns) : BigFraction.ZERO;
        }
        return new RationalMatrix(RationalArray.of(entries, numbers.size(), columns));
    }

    /** Compares the layers after some steps. */
    ExactEvidence check(RationalOptimizer method) {
        int depth = draw.whole(mistake == null ? 1 : 2, 3);
        int steps = draw.whole(mistake == null ? 1 : 2, 2);
        int shown = draw.whole(mistake == null ? 1 : 2, 2);
        int count = shown + (draw.coin() || mistake == DeepMistake.UNSEEN_TAUGHT ? 1 : 0);
        List<RationalMatrix> rows = new ArrayList<>();
        List<List<BigFraction>> strengths = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            rows.add(orthonormal(layer == 0 ? count : count + draw.whole(0, 1), count));
            List<BigFraction> ofLayer = new ArrayList<>();
            for (int mode = 0; mode < count; mode++) {
                ofLayer.add(new BigFraction(draw.whole(1, 5), 4));
            }
            strengths.add(ofLayer);
        }
        rows.add(rows.get(0));
        List<RationalLayer> layers = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            layers.add(DeepDraw.linear(rows.get(layer + 1)
                    .transposed()
                    .times(diagonal(strengths.get(layer), count))
                    .times(rows.get(layer))));
        }
        List<BigFraction> sizes = new ArrayList<>();
        for (int mode = 0; mode < count; mode++) {
            sizes.add(mode < shown ? new BigFraction(mode + draw.whole(1, 3), 2) : BigFraction.ZERO);
        }
        RationalArray examples = orthonormal(shown, shown)
                .times(diagonal(sizes.subList(0, shown), count))
                .times(rows.get(0))
                .entries();
        ExactDeepTrainer trainer = new ExactDeepTrainer(layers, examples, examples, method);
        trainer.steps(steps);
        List<List<BigFraction>> moved = movedModes(strengths, sizes, method, steps);
        List<RationalArray> predicted = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            int here = layer;
            List<BigFraction> ofLayer =
                    moved.stream().map(mode -> mode.get(here)).toList();
            predicted.add(rows.get(layer + 1)
                    .transposed()
                    .times(diagonal(ofLayer, count))
                    .times(rows.get(layer))
                    .entries());
        }
        return Comparison.of("weights", DeepDraw.joined(predicted), DeepDraw.weights(trainer.layers()));
    }

    /** The strengths of each mode after some steps, of which it knows its own size alone. */
    private List<List<BigFraction>> movedModes(
            List<List<BigFraction>> strengths, List<BigFraction> sizes, RationalOptimizer method, int steps) {
        RationalOptimizer believed = mistake == DeepMistake.MODES_MOMENTUM ? DeepDraw.withoutMomentum(method) : method;
        List<List<BigFraction>> moved = new ArrayList<>();
        for (int mode = 0; mode < sizes.size(); mode++) {
            int each = mode;
            BigFraction size = mistake == DeepMistake.OTHER_EIGENVALUE && mode == 0
                    ? sizes.get(1)
                    : mistake == DeepMistake.UNSEEN_TAUGHT && mode == sizes.size() - 1 ? sizes.get(0) : sizes.get(mode);
            List<BigFraction> start =
                    strengths.stream().map(layer -> layer.get(each)).toList();
            moved.add(new ExactAligned(size, size, believed).strengths(start, steps));
        }
        return moved;
    }
}
