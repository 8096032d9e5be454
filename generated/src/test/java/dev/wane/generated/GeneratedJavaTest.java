package dev.wane.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.code.GeneratedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ten steps that conversions to DJL and DL4J come with, compiled and run on those libraries. */
class GeneratedJavaTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path folder;

    /** The programs that differ in more than their comments, by what they prove. */
    static Stream<Named<String>> programs() {
        Map<String, String> programs = new LinkedHashMap<>();
        Stream.of("djl", "dl4j")
                .flatMap(Conversions::into)
                .forEach(conversion -> GeneratedCode.test(conversion)
                        .ifPresent(program -> programs.putIfAbsent(
                                program.replaceAll("(?m)^// .*$", ""),
                                conversion.from().meaning() + " in "
                                        + conversion.to().meaning())));
        return programs.entrySet().stream().map(program -> Named.of(program.getValue(), program.getKey()));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void tenStepsAgree(String program) throws Exception {
        assertThat(run(program)).isEqualTo("ten steps agree");
    }

    /** One of each way to decay. */
    static Stream<Named<String>> ways() {
        Map<String, Named<String>> ways = new LinkedHashMap<>();
        programs().forEach(program -> ways.putIfAbsent(program.getName().replaceAll(".* in ", ""), program));
        return ways.values().stream();
    }

    /** A test that cannot fail would prove nothing. */
    @ParameterizedTest
    @MethodSource("ways")
    void anotherDecayIsNoticed(String program) throws Exception {
        String other = program.replaceAll("(optWeightDecays|weightDecay|l2)\\(([0-9.E-]+)", "$1(10 * $2")
                .replaceAll("\\(copy\\), ([0-9.E-]+f)", "(copy), 10 * $1");

        assertThat(run(other)).contains("AssertionError: step");
    }

    private String run(String program) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("TenSteps.java"), program);
        Path output = folder.resolve("output.txt");
        ProcessBuilder java = new ProcessBuilder(List.of(
                        JAVA.toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        java.environment().put("DJL_OFFLINE", "true");
        Process process = java.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output).strip();
    }
}
