package dev.wane.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room may know of which. */
@AnalyzeClasses(packages = "dev.wane", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CORE = {
        "dev.wane.decay..",
        "dev.wane.schedule..",
        "dev.wane.recipe..",
        "dev.wane.dynamics..",
        "dev.wane.explain..",
        "dev.wane.law..",
        "dev.wane.plan..",
        "dev.wane.framework..",
        "dev.wane.model..",
        "dev.wane.conform..",
        "dev.wane.convert..",
        "dev.wane.elastic..",
        "dev.wane.groups..",
        "dev.wane.lint..",
        "dev.wane.reference.."
    };

    @ArchTest
    static final ArchRule dependenciesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy(CORE)
            .layer("formats")
            .definedBy("dev.wane.formats..")
            .layer("data")
            .definedBy("dev.wane.data..")
            .layer("engine")
            .definedBy("dev.wane.engine..")
            .layer("lab")
            .definedBy("dev.wane.lab..")
            .layer("cli")
            .definedBy("dev.wane.cli..")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("data")
            .mayNotAccessAnyLayer()
            .whereLayer("formats")
            .mayOnlyAccessLayers("core")
            .whereLayer("engine")
            .mayOnlyAccessLayers("core", "data")
            .whereLayer("lab")
            .mayOnlyAccessLayers("core", "formats", "data", "engine")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule coreSeesTheJdkAlone = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(concat(CORE, "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule onlyTheEngineSeesLibtorch = noClasses()
            .that()
            .resideOutsideOfPackage("dev.wane.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    /** Only the plotter of the laboratory, which itself knows nothing of training. */
    @ArchTest
    static final ArchRule planningVerbsDoNotTouchTheLaboratory = noClasses()
            .that()
            .haveNameMatching(".*\\.cli\\.(Explain|Plan|Convert|Conform|Presets|Frameworks|Rescale|Recipe|Registry).*")
            .or()
            .haveSimpleName("Wane")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.wane.lab.trial..",
                    "dev.wane.lab.store..",
                    "dev.wane.lab.run..",
                    "dev.wane.lab.fit..",
                    "dev.wane.lab.stats..",
                    "dev.wane.lab.transfer..",
                    "dev.wane.lab.report..",
                    "dev.wane.engine..",
                    "dev.wane.data..");

    @ArchTest
    static final ArchRule plottingKnowsNothingOfTraining = noClasses()
            .that()
            .resideInAPackage("dev.wane.lab.plot")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.wane.lab.trial..",
                    "dev.wane.lab.store..",
                    "dev.wane.lab.run..",
                    "dev.wane.lab.transfer..",
                    "dev.wane.lab.report..",
                    "dev.wane.engine..",
                    "dev.wane.data..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.wane.(**)").should().beFreeOfCycles();

    private static String[] concat(String[] first, String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(first), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }
}
