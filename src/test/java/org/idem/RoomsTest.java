package org.idem;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rooms stand on floors: each may use what lies below it, and what is inside stays inside. */
@AnalyzeClasses(packages = "org.idem", importOptions = DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule THE_GROUND_FLOOR_KNOWS_NO_OTHER = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.idem.space..",
                    "org.idem.statistics..",
                    "org.idem.execution..",
                    "org.idem.table..",
                    "org.idem.wording..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.idem.network..",
                    "org.idem.image..",
                    "org.idem.theory..",
                    "org.idem.training..",
                    "org.idem.theorem..",
                    "org.idem.verification..",
                    "org.idem.check..",
                    "org.idem.report..",
                    "org.idem.cli..");

    @ArchTest
    static final ArchRule THE_STORE_KNOWS_ARRAYS_ONLY = classes()
            .that()
            .resideInAPackage("org.idem.store..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.idem.store..", "org.idem.array..", "com.fasterxml.jackson..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule THEORY_STANDS_ON_FLOORS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("arithmetic")
            .definedBy("org.idem.theory.arithmetic..")
            .layer("law")
            .definedBy("org.idem.theory.law..")
            .layer("design")
            .definedBy("org.idem.theory.design..")
            .layer("path")
            .definedBy("org.idem.theory.path..")
            .layer("output")
            .definedBy("org.idem.theory.output..")
            .layer("rounding")
            .definedBy("org.idem.theory.rounding..")
            .layer("generalisation")
            .definedBy("org.idem.theory.generalisation..")
            .layer("deep")
            .definedBy("org.idem.theory.deep..")
            .layer("linear")
            .definedBy("org.idem.theory.linear..")
            .layer("flow")
            .definedBy("org.idem.theory.flow..")
            .layer("kernel")
            .definedBy("org.idem.theory.kernel..")
            .layer("initialisation")
            .definedBy("org.idem.theory.initialisation..")
            .layer("fronts")
            .definedBy("org.idem.theory")
            .whereLayer("fronts")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("initialisation")
            .mayOnlyBeAccessedByLayers("fronts")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers("fronts")
            .whereLayer("linear")
            .mayOnlyBeAccessedByLayers("fronts")
            .whereLayer("flow")
            .mayOnlyBeAccessedByLayers("fronts")
            .whereLayer("deep")
            .mayOnlyBeAccessedByLayers("fronts")
            .whereLayer("generalisation")
            .mayOnlyBeAccessedByLayers("fronts")
            .whereLayer("rounding")
            .mayOnlyBeAccessedByLayers("fronts")
            .whereLayer("output")
            .mayOnlyBeAccessedByLayers("rounding", "fronts")
            .whereLayer("path")
            .mayOnlyBeAccessedByLayers("output", "rounding", "generalisation", "deep", "kernel", "fronts")
            .whereLayer("design")
            .mayOnlyBeAccessedByLayers("path", "output", "rounding", "generalisation", "deep", "fronts");

    @ArchTest
    static final ArchRule THEORY_HAS_NO_CIRCLES =
            slices().matching("org.idem.theory.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_REACHES_BEHIND_THE_FRONTS_OF_THEORY = noClasses()
            .that()
            .resideOutsideOfPackage("org.idem.theory..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.idem.theory.arithmetic..",
                    "org.idem.theory.law..",
                    "org.idem.theory.path..",
                    "org.idem.theory.output..",
                    "org.idem.theory.rounding..");

    @ArchTest
    static final ArchRule TRAINING_STANDS_ON_FLOORS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("run")
            .definedBy("org.idem.training.run..")
            .layer("memory")
            .definedBy("org.idem.training.memory..")
            .layer("update")
            .definedBy("org.idem.training.update..")
            .layer("convolution")
            .definedBy("org.idem.training.convolution..")
            .layer("layer")
            .definedBy("org.idem.training.layer..")
            .layer("deep")
            .definedBy("org.idem.training.deep..")
            .layer("small")
            .definedBy("org.idem.training.small..")
            .layer("fronts")
            .definedBy("org.idem.training")
            .whereLayer("fronts")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("small")
            .mayOnlyBeAccessedByLayers("fronts")
            .whereLayer("deep")
            .mayOnlyBeAccessedByLayers("fronts")
            .whereLayer("layer")
            .mayOnlyBeAccessedByLayers("small", "fronts")
            .whereLayer("convolution")
            .mayOnlyBeAccessedByLayers("deep", "fronts")
            .whereLayer("update")
            .mayOnlyBeAccessedByLayers("layer", "deep");

    @ArchTest
    static final ArchRule TRAINING_HAS_NO_CIRCLES =
            slices().matching("org.idem.training.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_REACHES_BEHIND_THE_FRONTS_OF_TRAINING = noClasses()
            .that()
            .resideOutsideOfPackage("org.idem.training..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.idem.training.memory..",
                    "org.idem.training.update..",
                    "org.idem.training.convolution..",
                    "org.idem.training.layer..",
                    "org.idem.training.deep..",
                    "org.idem.training.small..");

    @ArchTest
    static final ArchRule THE_LABORATORY_STANDS_ON_FLOORS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("plan")
            .definedBy("org.idem.laboratory.plan..")
            .layer("measure")
            .definedBy("org.idem.laboratory.measure..")
            .layer("result")
            .definedBy("org.idem.laboratory.result..")
            .layer("run")
            .definedBy("org.idem.laboratory.run..")
            .layer("prediction")
            .definedBy("org.idem.laboratory.prediction..")
            .layer("finding")
            .definedBy("org.idem.laboratory.finding..")
            .layer("front")
            .definedBy("org.idem.laboratory")
            .whereLayer("front")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("finding")
            .mayOnlyBeAccessedByLayers("front")
            .whereLayer("prediction")
            .mayOnlyBeAccessedByLayers("front")
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("front")
            .whereLayer("result")
            .mayOnlyBeAccessedByLayers("run", "prediction", "finding", "front")
            .whereLayer("measure")
            .mayOnlyBeAccessedByLayers("result", "run", "prediction");

    @ArchTest
    static final ArchRule REPORTS_STAND_ON_FLOORS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("asset")
            .definedBy("org.idem.report.asset..")
            .layer("drawing")
            .definedBy("org.idem.report.drawing..")
            .layer("figure")
            .definedBy("org.idem.report.figure..")
            .layer("study")
            .definedBy("org.idem.report.study..")
            .layer("run")
            .definedBy("org.idem.report")
            .whereLayer("run")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("study")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("figure")
            .mayOnlyBeAccessedByLayers("study", "run")
            .whereLayer("drawing")
            .mayOnlyBeAccessedByLayers("study", "run");

    @ArchTest
    static final ArchRule NOBODY_REACHES_BEHIND_THE_FRONTS_OF_REPORTS = noClasses()
            .that()
            .resideOutsideOfPackage("org.idem.report..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.idem.report.asset..", "org.idem.report.drawing..", "org.idem.report.figure..");

    @ArchTest
    static final ArchRule COMMANDS_STAND_ON_FLOORS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("terminal")
            .definedBy("org.idem.cli.terminal..")
            .layer("argument")
            .definedBy("org.idem.cli.argument..")
            .layer("theorem")
            .definedBy("org.idem.cli.theorem..")
            .layer("network")
            .definedBy("org.idem.cli.network..")
            .layer("study")
            .definedBy("org.idem.cli.study..")
            .layer("entrance")
            .definedBy("org.idem.cli")
            .whereLayer("entrance")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("study")
            .mayOnlyBeAccessedByLayers("entrance")
            .whereLayer("network")
            .mayOnlyBeAccessedByLayers("entrance")
            .whereLayer("theorem")
            .mayOnlyBeAccessedByLayers("entrance")
            .whereLayer("argument")
            .mayOnlyBeAccessedByLayers("theorem", "network", "study", "entrance");
}
