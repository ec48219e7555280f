package org.idem.laboratory.prediction;

import java.util.List;
import java.util.stream.Stream;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.result.TheoryRow;

/** T1 and T2 about a run's own weights and about all seeds, from one decomposition of its inputs. */
final class OneLayerTheorems implements Prediction {
    @Override
    public List<TheoryRow> of(Run run, int steps) {
        return OneLayer.of(run)
                .map(layer -> Stream.concat(
                                OneLayerPath.rows(run.task(), layer, steps).stream(),
                                ErrorOverSeeds.rows(run.task(), layer, steps).stream())
                        .toList())
                .orElse(List.of());
    }
}
