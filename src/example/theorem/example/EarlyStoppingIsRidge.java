package example;

import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.array.Array;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;

/** A conjecture that is often repeated, and wrong: it holds to first order only. */
public record EarlyStoppingIsRidge() implements Theorem<Regression> {
    @Override
    public String id() {
        return "ridge.conjecture";
    }

    @Override
    public Statement statement() {
        return new Statement(
                "Least squares by t steps of gradient descent from zero is ridge regression with the penalty 1/(ηt).",
                "w_t = \\bigl(X^\\top X + \\tfrac{1}{\\eta t} I\\bigr)^{-1} X^\\top y",
                "none",
                "folklore");
    }

    @Override
    public List<Dimension> space() {
        return Regression.LEAST_SQUARES;
    }

    @Override
    public Regression scenario(Configuration configuration) {
        return Regression.leastSquares(configuration);
    }

    @Override
    public Observation observe(Regression regression) {
        return new Observation.Seen(regression.trained());
    }

    @Override
    public Claim claim(Regression regression) {
        return ridge(regression, regression.rate().multiply(regression.steps()).reciprocal());
    }

    private static Claim ridge(Regression regression, BigFraction penalty) {
        Array predicted = Regression.numbers(regression.withPenalty(penalty).ridge());
        return new Claim.Equality(predicted, Array.zeros(predicted.shape()));
    }

    @Override
    public List<FalseVariant<Regression>> falseVariants() {
        return List.of(new FalseVariant.WrongClaim<>(
                "penalty 1/η, whatever the steps",
                regression -> ridge(regression, regression.rate().reciprocal())));
    }

    @Override
    public List<String> describe(Regression regression) {
        return regression.describe();
    }
}
