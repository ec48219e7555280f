package org.idem.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.idem.space.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrialTest {
    static List<Theorem<?>> theorems() {
        return Theorems.list();
    }

    private static List<Configuration> drawn(Theorem<?> theorem, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, 40)
                .mapToObj(i -> theorem.draw(random.nextLong()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("theorems")
    <S> void trialsDoNotDependOnTheirCompany(Theorem<S> theorem) {
        long seed = new SplittableRandom().nextLong();
        List<Configuration> configurations = drawn(theorem, seed);
        List<Trial<S>> together = Trial.run(theorem, configurations);
        for (int i = 0; i < together.size(); i++) {
            Trial<S> alone = Trial.run(theorem, configurations.get(i));
            assertEquals(
                    alone.observation(), together.get(i).observation(), "seed " + seed + ", " + configurations.get(i));
            assertEquals(configurations.get(i), together.get(i).configuration());
        }
    }

    /** A theorem whose networks cannot run in one place of its space. */
    private record Broken(Theorem<Object> whole, Configuration where) {
        @SuppressWarnings("unchecked")
        Theorem<Object> theorem() {
            return (Theorem<Object>) Proxy.newProxyInstance(
                    Broken.class.getClassLoader(), new Class<?>[] {Theorem.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("scenario") && arguments[0].equals(where)) {
                            throw new IllegalStateException("broken");
                        }
                        return method.invoke(whole, arguments);
                    });
        }
    }

    @Test
    void saysWhichTrialFailed() {
        @SuppressWarnings("unchecked")
        Theorem<Object> whole = (Theorem<Object>) Theorems.list().get(1);
        List<Configuration> configurations = drawn(whole, 1);
        Theorem<Object> theorem = new Broken(whole, configurations.get(17)).theorem();
        TrialFailure failure = assertThrows(TrialFailure.class, () -> Trial.run(theorem, configurations));
        assertTrue(failure.getMessage().contains(configurations.get(17).toString()), failure.getMessage());
    }
}
