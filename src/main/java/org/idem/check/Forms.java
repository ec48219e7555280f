package org.idem.check;

import java.util.HashMap;
import java.util.Map;
import org.idem.array.Array;
import org.idem.network.Network;
import org.idem.network.TrainingProblem;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.Design;

/** Closed forms of many accounts: those with the same network and inputs share one decomposition. */
final class Forms {
    private record Key(Network network, Array inputs) {}

    private final Map<Key, Design> designs = new HashMap<>();

    ClosedForm of(TrainingProblem problem) {
        Key key = new Key(problem.network(), problem.inputs());
        return new ClosedForm(
                problem, designs.computeIfAbsent(key, missing -> Design.of(missing.network(), missing.inputs())));
    }

    /** The distances of an account. */
    ModeDistance distance(Account account) {
        return new ModeDistance(of(account.problem()).modes(), account);
    }
}
