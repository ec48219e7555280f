package org.idem.cli;

import java.util.concurrent.Callable;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists theorems, or explains one. */
@Command(name = "theorems", mixinStandardHelpOptions = true, description = "Lists the theorems, or explains one.")
final class TheoremsCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "for instance T1.steps")
    private @Nullable String id;

    @Override
    public Integer call() {
        if (id == null) {
            for (Theorem<?> theorem : Theorems.list()) {
                System.out.printf("%-14s %s%n", theorem.id(), theorem.statement().text());
            }
            return ExitCode.DONE;
        }
        Theorem<?> theorem = find(id);
        System.out.println(theorem.id());
        System.out.println("statement       " + theorem.statement().text());
        System.out.println("hypotheses      " + theorem.statement().hypotheses());
        System.out.println("proof           proofs/" + theorem.id() + ".md");
        System.out.println("configurations");
        theorem.space().forEach(dimension -> System.out.println("  " + dimension));
        System.out.println("false variants");
        theorem.falseVariants().forEach(variant -> System.out.println("  " + variant.name()));
        return ExitCode.DONE;
    }

    static Theorem<?> find(String id) {
        return Theorems.find(Theorems.list(), id)
                .orElseThrow(() -> new BadInput("THEOREM must be one of "
                        + String.join(
                                ", ", Theorems.list().stream().map(theorem -> theorem.id()).toList()) + "; got " + id));
    }
}
