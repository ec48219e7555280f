package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefinementTest {
    private static final Axis.Whole N = new Axis.Whole("n");

    /**
     * Says that n is n; what is seen is off by a multiple of the unit roundoff and by an error that the budget hides.
     *
     * @param error does not depend on the precision
     * @param rounding whether rounding is all that is claimed to separate the two
     */
    private record Rounded(double error, boolean rounding) implements Theorem<Configuration> {
        @Override
        public String id() {
            return "rounded";
        }

        @Override
        public Statement statement() {
            return new Statement("n is n", "n = n", "none", "made up");
        }

        @Override
        public List<Dimension> space() {
            return List.of(N.from(1, 99), Axes.PRECISION.among(Precision.FLOAT64, Precision.FLOAT32));
        }

        @Override
        public Configuration scenario(Configuration configuration) {
            return configuration;
        }

        @Override
        public Observation observe(Configuration at) {
            double roundoff = at.get(Axes.PRECISION).unitRoundoff();
            return new Observation.Seen(Array.of(new double[] {at.get(N) * roundoff + error, 5}, 2));
        }

        @Override
        public Claim claim(Configuration at) {
            return new Claim.Equality(
                    Array.of(new double[] {0, 5}, 2),
                    Array.of(new double[] {at.get(Axes.PRECISION) == Precision.FLOAT32 ? 1 : BUDGET, 1}, 2));
        }

        @Override
        public boolean isExactUpToRounding() {
            return rounding;
        }

        @Override
        public List<FalseVariant<Configuration>> falseVariants() {
            return List.of();
        }
    }

    /** Far above rounding in float64, mostly below that in float32. */
    private static final double BUDGET = 0x1p-20;

    /** Hidden by the budget. */
    private static final double ERROR = 0x1p-21;

    private static TheoremResult verify(Rounded theorem) {
        return new Verifier(100, 1, 0.99).verify(theorem, 1, Progress.SILENT);
    }

    @Test
    void roundingShrinksByTheRatioOfTheUnitRoundoffs() {
        TheoremResult result = verify(new Rounded(0, true));
        Refinement refinement = present(result.refinement());
        // trials whose discrepancy in float32 is within the budget of float64 have nothing to shrink from
        assertTrue(refinement.shrinkage().size() > 32 && refinement.shrinkage().size() < Refinement.TRIALS);
        assertEquals(29, Refinement.OF_ROUNDING);
        // logarithms of exact powers of two, correct to a few roundings
        assertEquals(29, refinement.median(), 4 * Math.ulp(29.0));
        assertEquals(1, refinement.pValue());
        assertTrue(result.verdict().isConfirmation());
    }

    @Test
    void aWrongFormulaWithinItsBudgetIsRefutedBecauseItStays() {
        Verdict verdict = verify(new Rounded(ERROR, true)).verdict();
        Verdict.NotRounding stays = assertInstanceOf(Verdict.NotRounding.class, verdict);
        // all of them stay: a half to the power of their number
        double expected = Math.pow(0.5, stays.refinement().shrinkage().size());
        assertEquals(expected, stays.refinement().pValue(), 0x1p-40 * expected);
        assertTrue(verdict.isRefutation());
        assertTrue(verdict.guarantee().contains("where rounding shrinks by 2^29"), verdict.guarantee());
    }

    @Test
    void onlyClaimsUpToRoundingAreRefined() {
        TheoremResult result = verify(new Rounded(ERROR, false));
        assertNull(result.refinement());
        assertTrue(result.verdict().isConfirmation());
    }

    @Test
    void whatAgreesExactlyInFloat64HasShrunkAndNotANumberHasNot() {
        Refinement refinement = new Refinement(List.of(Double.POSITIVE_INFINITY, Double.NaN, 20.0));
        // one of three did not shrink: 1 − (1/2)³
        assertEquals(0.875, refinement.pValue(), 0x1p-50);
    }

    private static Refinement present(@Nullable Refinement value) {
        assertNotNull(value);
        return value;
    }
}
