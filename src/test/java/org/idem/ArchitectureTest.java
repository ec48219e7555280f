package org.idem;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Agreement is evidence only while theory and training share no code. */
@AnalyzeClasses(packages = "org.idem", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THEORY_AND_TRAINING_MEET_IN_THEOREMS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("array")
            .definedBy("org.idem.array..")
            .layer("image")
            .definedBy("org.idem.image..")
            .layer("network")
            .definedBy("org.idem.network..")
            .layer("theory")
            .definedBy("org.idem.theory..")
            .layer("training")
            .definedBy("org.idem.training..")
            .layer("theorem")
            .definedBy("org.idem.theorem..")
            .layer("verification")
            .definedBy("org.idem.verification..")
            .layer("check")
            .definedBy("org.idem.check..")
            .layer("provenance")
            .definedBy("org.idem.provenance..")
            .layer("laboratory")
            .definedBy("org.idem.laboratory..")
            .layer("store")
            .definedBy("org.idem.store..")
            .layer("report")
            .definedBy("org.idem.report..")
            .layer("cli")
            .definedBy("org.idem.cli..")
            .whereLayer("image")
            .mayOnlyBeAccessedByLayers("theorem", "verification", "laboratory", "report", "cli")
            .whereLayer("theory")
            .mayOnlyBeAccessedByLayers("theorem", "verification", "check", "laboratory", "report", "cli")
            .whereLayer("training")
            .mayOnlyBeAccessedByLayers("theorem", "verification", "laboratory", "report", "cli")
            .whereLayer("theorem")
            .mayOnlyBeAccessedByLayers("verification", "report", "cli")
            .whereLayer("verification")
            .mayOnlyBeAccessedByLayers("report", "cli")
            .whereLayer("check")
            .mayOnlyBeAccessedByLayers("report", "cli")
            .whereLayer("provenance")
            .mayOnlyBeAccessedByLayers("report", "cli")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("laboratory", "report", "cli")
            .whereLayer("laboratory")
            .mayOnlyBeAccessedByLayers("report", "cli")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule ND4J_LIVES_IN_TRAINING = noClasses()
            .that()
            .resideOutsideOfPackage("org.idem.training..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule EJML_LIVES_IN_THEORY = noClasses()
            .that()
            .resideInAnyPackage("org.idem.training..", "org.idem.network..", "org.idem.theory.exact..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.ejml..");

    @ArchTest
    static final ArchRule TRAINING_KNOWS_NO_MATHEMATICS_BUT_FRACTIONS = noClasses()
            .that()
            .resideInAPackage("org.idem.training..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.commons.math3..")
                    .and(not(resideInAPackage("org.apache.commons.math3.fraction"))));

    @ArchTest
    static final ArchRule FLOATING_POINT_TRAINING_KNOWS_NO_FRACTIONS = noClasses()
            .that()
            .resideInAPackage("org.idem.training..")
            .and()
            .resideOutsideOfPackage("org.idem.training.exact..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.commons.math3..");

    @ArchTest
    static final ArchRule EXACT_TRAINING_KNOWS_NO_ENGINE = noClasses()
            .that()
            .resideInAnyPackage("org.idem.training.exact..", "org.idem.network.exact..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.nd4j..",
                    "org.bytedeco..",
                    "org.idem.training",
                    "org.idem.training.run..",
                    "org.idem.training.memory..",
                    "org.idem.training.update..",
                    "org.idem.training.convolution..",
                    "org.idem.training.layer..",
                    "org.idem.training.deep..",
                    "org.idem.training.small..",
                    "org.idem.training.witness..",
                    "org.idem.theory..");

    @ArchTest
    static final ArchRule EXACT_THEORY_KNOWS_NO_TRAINING_AND_NO_ROUNDED_THEORY = noClasses()
            .that()
            .resideInAPackage("org.idem.theory.exact..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.idem.training..",
                    "org.idem.theory",
                    "org.idem.theory.arithmetic..",
                    "org.idem.theory.law..",
                    "org.idem.theory.design..",
                    "org.idem.theory.path..",
                    "org.idem.theory.output..",
                    "org.idem.theory.rounding..",
                    "org.idem.theory.generalisation..",
                    "org.idem.theory.deep..",
                    "org.idem.theory.kernel..");

    @ArchTest
    static final ArchRule THEORY_AND_TRAINING_MEET_IN_ONE_ROOM_OF_THE_LABORATORY = noClasses()
            .that()
            .resideInAPackage("org.idem.laboratory..")
            .and()
            .resideOutsideOfPackage("org.idem.laboratory.prediction..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.idem.theory..");

    @ArchTest
    static final ArchRule PREDICTIONS_OF_THE_LABORATORY_KNOW_NO_TRAINING = noClasses()
            .that()
            .resideInAPackage("org.idem.laboratory.prediction..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.idem.training..", "org.idem.laboratory.run..");

    @ArchTest
    static final ArchRule PICOCLI_LIVES_IN_CLI = noClasses()
            .that()
            .resideOutsideOfPackage("org.idem.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule NO_ROOM_KNOWS_SPARK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..", "org.idem.spark..");
}
