package org.idem.report;

import java.util.List;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;

/** A theorem to be shown, of which nothing is ever run. */
record Unrun(String id, Statement statement, List<Dimension> space) implements Theorem<String> {
    @Override
    public String scenario(Configuration configuration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Observation observe(String scenario) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Claim claim(String scenario) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<FalseVariant<String>> falseVariants() {
        return List.of();
    }
}
