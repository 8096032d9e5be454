package dev.wane.formulas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every formula in a Javadoc of this module, evaluated as written. */
class FormulasTest {
    private static final int DRAWS = 50;
    private static final double TOLERANCE = 1e-9;
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern FORMULA = Pattern.compile("[=←∝][^.;]*[·√ΣΠ^²⌈]");
    /** Their Javadoc names the formula of another class, or of a page on paper that a test of their own evaluates. */
    private static final Set<String> ELSEWHERE = Set.of(
            "EquilibriumReached",
            "DecayConvention",
            "DecayKind",
            "DecayOrder",
            "EqualRetention",
            "Optimizer",
            "Ratios",
            "RetentionSeries");

    static Stream<Formula> formulas() {
        return Stream.of(
                        DecayFormulas.all(),
                        ScheduleFormulas.all(),
                        DynamicsFormulas.all(),
                        RecipeFormulas.all(),
                        LawFormulas.all(),
                        ReferenceFormulas.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void aFormulaIsWhatTheCodeComputes(Formula formula) {
        for (int seed = 1; seed <= DRAWS; seed++) {
            Draw draw = new Draw(seed);
            double expected = formula.byHand().applyAsDouble(draw);
            assertThat(formula.code().applyAsDouble(draw))
                    .as("%s, draw %d", formula, seed)
                    .isCloseTo(expected, within(TOLERANCE * Math.max(Math.abs(expected), 1e-6)));
        }
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void aFormulaIsWrittenInItsJavadoc(Formula formula) throws IOException {
        Path source = SOURCES.resolve(formula.of().getName().replace('.', '/') + ".java");

        assertThat(javadoc(source)).contains(formula.written());
    }

    @Test
    void noClassWithAFormulaIsLeftOut() throws IOException {
        Set<String> evaluated =
                formulas().map(formula -> formula.of().getSimpleName()).collect(Collectors.toSet());
        Set<String> leftOut = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (FORMULA.matcher(javadoc(file)).find() && !evaluated.contains(name) && !ELSEWHERE.contains(name)) {
                    leftOut.add(name);
                }
            }
        }
        assertThat(leftOut).isEmpty();
    }

    /** The text of a file's Javadoc in one line. */
    private static String javadoc(Path source) throws IOException {
        Matcher comments = JAVADOC.matcher(Files.readString(source));
        return comments.results()
                .map(comment ->
                        comment.group().replaceAll("\\s*\\n\\s*\\* ?", " ").replaceAll("@(param|return) ", ""))
                .collect(Collectors.joining("\n"));
    }
}
