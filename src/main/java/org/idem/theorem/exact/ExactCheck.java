package org.idem.theorem.exact;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.idem.execution.Crew;

/**
 * Compares theory and training in exact arithmetic over random instances. They come in rounds: all parts in turn, then
 * three times more those about deep networks, whose instances are small.
 */
public final class ExactCheck {
    private static final int TURNS_OF_DEEP = 4;
    private static final List<ExactPart> TURNS = turns();

    /** Instances of a round. */
    public static final int ROUND = TURNS.size();

    private ExactCheck() {}

    private static List<ExactPart> turns() {
        List<ExactPart> all = List.of(ExactPart.values());
        List<ExactPart> turns = new ArrayList<>(all);
        for (int turn = 1; turn < TURNS_OF_DEEP; turn++) {
            all.stream()
                    .filter(part -> part.feature() == ExactPart.Feature.DEEP)
                    .forEach(turns::add);
        }
        return List.copyOf(turns);
    }

    /**
     * Checks the theory.
     *
     * @param seed determines all instances
     * @param count number of instances, at least 1
     * @return what they said; one difference refutes the theory
     */
    public static ExactResult run(long seed, int count) {
        return run(seed, count, 1, instance -> List.of(instance.check())).get(0);
    }

    /**
     * Checks a wrong version of the theory.
     *
     * @param seed determines all instances
     * @param count number of instances, at least 1; those that the variant does not concern are not compared
     * @param variant the wrong version
     * @return what they said; no difference means that the variant was not refuted
     */
    public static ExactResult run(long seed, int count, ExactVariant variant) {
        return run(seed, count, List.of(variant)).get(0);
    }

    /**
     * Checks wrong versions of the theory on the same instances, each of which is trained once.
     *
     * @param seed determines all instances
     * @param count number of instances, at least 1; those that a variant does not concern are not compared for it
     * @param variants wrong versions
     * @return what they said, one result for each variant
     */
    public static List<ExactResult> run(long seed, int count, List<ExactVariant> variants) {
        return run(seed, count, variants.size(), instance -> instance.check(variants));
    }

    private static List<ExactResult> run(
            long seed, int count, int checks, Function<ExactInstance, List<ExactEvidence>> check) {
        if (count < 1) {
            throw new IllegalArgumentException("the number of instances must be at least 1, got " + count);
        }
        SplittableRandom seeds = new SplittableRandom(seed);
        List<ExactInstance> instances = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            instances.add(new ExactInstance(TURNS.get(i % ROUND), seeds.nextLong()));
        }
        List<List<ExactEvidence>> said = Crew.map(instances, instance -> evidence(instance, check));
        return IntStream.range(0, checks)
                .mapToObj(index -> result(
                        instances, said.stream().map(each -> each.get(index)).toList()))
                .toList();
    }

    private static ExactResult result(List<ExactInstance> instances, List<ExactEvidence> said) {
        Map<ExactPart, Integer> checked = new EnumMap<>(ExactPart.class);
        int refuted = 0;
        Optional<ExactResult.Difference> first = Optional.empty();
        for (int i = 0; i < instances.size(); i++) {
            if (!(said.get(i) instanceof ExactEvidence.NotConcerned)) {
                checked.merge(instances.get(i).part(), 1, Integer::sum);
            }
            if (said.get(i) instanceof ExactEvidence.Differs differs) {
                refuted++;
                first = first.isPresent() ? first : Optional.of(new ExactResult.Difference(instances.get(i), differs));
            }
        }
        return new ExactResult(checked, refuted, first);
    }

    private static List<ExactEvidence> evidence(
            ExactInstance instance, Function<ExactInstance, List<ExactEvidence>> check) {
        try {
            return check.apply(instance);
        } catch (RuntimeException e) {
            throw new IllegalStateException("the check of " + instance + " broke off: " + e.getMessage(), e);
        }
    }
}
