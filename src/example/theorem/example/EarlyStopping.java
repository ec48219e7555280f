package example;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.fraction.BigFraction;
import org.apache.commons.math3.linear.FieldMatrix;
import org.idem.array.Array;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;

/** Ridge regression by gradient descent, stopped after some steps. */
public record EarlyStopping() implements Theorem<Regression> {
    @Override
    public String id() {
        return "ridge.early-stopping";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Gradient descent on the ridge loss from zero, stopped after t steps, has covered the fraction 1 − (1 − ηa)^t of the way to ridge regression in every mode of curvature a.",
                "w_t = \\bigl(I - (I - \\eta A)^t\\bigr) A^{-1} X^\\top y, \\qquad A = X^\\top X + \\omega I",
                "ω > 0",
                "a geometric series");
    }

    @Override
    public List<Dimension> space() {
        return Regression.RIDGE;
    }

    @Override
    public Regression scenario(Configuration configuration) {
        return Regression.ridge(configuration);
    }

    @Override
    public Observation observe(Regression regression) {
        return new Observation.Seen(regression.trained());
    }

    @Override
    public Claim claim(Regression regression) {
        FieldMatrix<BigFraction> step =
                regression.identity().subtract(regression.curvature().scalarMultiply(regression.rate()));
        FieldMatrix<BigFraction> way = regression.identity().subtract(step.power(regression.steps()));
        Array predicted = Regression.numbers(way.multiply(regression.ridge()));
        // fractions: not the smallest difference is allowed
        return new Claim.Equality(predicted, Array.zeros(predicted.shape()));
    }

    @Override
    public List<FalseVariant<Regression>> falseVariants() {
        return List.of(
                mistaken("one step too many", r -> r.withSteps(r.steps() + 1)),
                mistaken("penalty counted twice", r -> r.withPenalty(r.penalty().multiply(2))),
                mistaken(
                        "rate of the loss without its factor one half",
                        r -> r.withRate(r.rate().multiply(2))),
                new FalseVariant.WrongClaim<>(
                        "not stopped at all",
                        r -> new Claim.Equality(
                                Regression.numbers(r.ridge()),
                                Array.zeros(r.inputs().getColumnDimension()))));
    }

    private FalseVariant<Regression> mistaken(String name, UnaryOperator<Regression> mistake) {
        return new FalseVariant.WrongClaim<>(name, regression -> claim(mistake.apply(regression)));
    }

    @Override
    public List<String> describe(Regression regression) {
        return regression.describe();
    }
}
