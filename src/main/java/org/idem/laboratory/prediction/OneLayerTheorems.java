package org.idem.laboratory.prediction;

import java.util.Map;
import org.idem.laboratory.plan.Run;

/** T1 and T2 about a run's own weights and about all seeds, from one decomposition of its inputs. */
final class OneLayerTheorems implements Prediction {
    @Override
    public Predicted of(Run run, int steps) {
        return OneLayer.of(run)
                .map(layer -> OneLayerPath.of(run.task(), layer, steps)
                        .and(new Predicted(ErrorOverSeeds.rows(run.task(), layer, steps), Map.of())))
                .orElse(Predicted.NOTHING);
    }
}
