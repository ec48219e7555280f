package org.idem.check;

import java.util.HashMap;
import java.util.Map;
import org.idem.array.Array;
import org.idem.network.LinearMap;
import org.idem.network.LinearProblem;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.Design;

/** Closed forms of many accounts. Accounts with the same network and inputs share one decomposition. */
final class Forms {
    private record Key(LinearMap network, Array inputs) {}

    private final Map<Key, Design> designs = new HashMap<>();

    ClosedForm of(LinearProblem problem) {
        Key key = new Key(problem.map(), problem.inputs());
        return new ClosedForm(
                problem, designs.computeIfAbsent(key, missing -> Design.of(missing.network(), missing.inputs())));
    }

    /** The distances of an account. */
    ModeDistance distance(Account account) {
        return new ModeDistance(of(account.problem()).modes(), account);
    }
}
