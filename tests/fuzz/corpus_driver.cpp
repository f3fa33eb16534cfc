// Stands in for libFuzzer where there is none: feeds an entry point its seeds and a fixed number of their mutations. The
// generator is seeded by a constant, so that a run that fails fails again; what broke it is left in a file.
//   fuzz_x [-runs=N] [-seed=N] [-max_len=N] FILE|FOLDER...
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
// Of the sanitizers' runtime, when there is one.
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

using Bytes = std::vector<std::uint8_t>;

const Bytes* current = nullptr; // for the signal handler
std::string culprit;            // the file it writes to

extern "C" void keepCulprit()
{
    if (!current)
        return;
    if (std::FILE* file = std::fopen(culprit.c_str(), "wb")) {
        std::fwrite(current->data(), 1, current->size(), file);
        std::fclose(file);
        std::fprintf(stderr, "the input is in %s\n", culprit.c_str());
    }
}

extern "C" void died(int signal)
{
    keepCulprit();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

/// The same numbers with every standard library, which the distributions of <random> do not promise.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_engine(seed) {}
    std::size_t below(std::size_t end) { return end == 0 ? 0 : std::size_t(m_engine() % end); }

private:
    std::mt19937_64 m_engine;
};

/// A piece of some seed: its words stand for a dictionary.
Bytes piece(const std::vector<Bytes>& seeds, Dice& dice)
{
    const Bytes& from = seeds[dice.below(seeds.size())];
    const std::size_t begin = dice.below(from.size()), length = std::min(from.size() - begin, 1 + dice.below(64));
    return Bytes(from.begin() + std::ptrdiff_t(begin), from.begin() + std::ptrdiff_t(begin + length));
}

void mutate(Bytes& bytes, const std::vector<Bytes>& seeds, Dice& dice)
{
    static const std::string telling = std::string("\n\r\t {}[]:,-#&*!|>'\"\\$%@`\x7f\xff\xc3") + '\0';
    const std::size_t at = dice.below(bytes.size() + 1);
    const auto place = bytes.begin() + std::ptrdiff_t(at);
    const auto rest = bytes.begin() + std::ptrdiff_t(at + std::min(bytes.size() - at, 1 + dice.below(32)));
    switch (dice.below(8)) {
    case 0:
        if (at < bytes.size())
            bytes[at] ^= std::uint8_t(1u << dice.below(8));
        break;
    case 1:
        if (at < bytes.size())
            bytes[at] = std::uint8_t(dice.below(256));
        break;
    case 2: bytes.insert(place, std::uint8_t(telling[dice.below(telling.size())])); break;
    case 3: bytes.erase(place, rest); break;
    case 4: {
        const Bytes copy(place, rest);
        bytes.insert(bytes.begin() + std::ptrdiff_t(dice.below(bytes.size() + 1)), copy.begin(), copy.end());
        break;
    }
    case 5: {
        const Bytes other = piece(seeds, dice);
        bytes.insert(place, other.begin(), other.end());
        break;
    }
    case 6: {
        const Bytes other = piece(seeds, dice);
        bytes.erase(place, rest);
        bytes.insert(bytes.begin() + std::ptrdiff_t(std::min(at, bytes.size())), other.begin(), other.end());
        break;
    }
    default:
        if (dice.below(8) == 0)
            bytes.resize(at);
        break;
    }
}

void run(const Bytes& bytes)
{
    current = &bytes;
    // A copy of exactly this size: a sanitizer sees the first byte read behind it.
    const Bytes exact(bytes);
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
    current = nullptr;
}

std::vector<std::string> filesOf(const std::vector<std::string>& places)
{
    std::vector<std::string> files;
    for (const std::string& place : places) {
        if (!std::filesystem::is_directory(place)) {
            files.push_back(place);
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(place)) {
            if (entry.is_regular_file())
                files.push_back(entry.path().string());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

bool takeNumber(const std::string& argument, const std::string& name, std::uint64_t& to)
{
    if (argument.rfind(name, 0) != 0)
        return false;
    to = std::strtoull(argument.c_str() + name.size(), nullptr, 10);
    return true;
}

} // namespace

int main(int count, char** arguments)
{
    std::uint64_t runs = 1000, seed = 1, longest = 64 * 1024;
    std::vector<std::string> places;
    for (int i = 1; i < count; ++i) {
        const std::string argument = arguments[i];
        if (!takeNumber(argument, "-runs=", runs) && !takeNumber(argument, "-seed=", seed) && !takeNumber(argument, "-max_len=", longest))
            places.push_back(argument);
    }
    std::vector<Bytes> seeds;
    for (const std::string& path : filesOf(places)) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        if (!file)
            return std::fprintf(stderr, "%s can't be read\n", path.c_str()), 2;
    }
    if (seeds.empty())
        return std::fprintf(stderr, "no seeds\n"), 2;
    culprit = std::filesystem::path(arguments[0]).filename().string() + ".culprit";
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(keepCulprit);
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS}) {
        if (signal == SIGABRT || !__sanitizer_set_death_callback)
            std::signal(signal, died);
    }
    run({});
    for (const Bytes& bytes : seeds)
        run(bytes);
    Dice dice(seed);
    for (std::uint64_t i = 0; i < runs; ++i) {
        Bytes bytes = seeds[dice.below(seeds.size())];
        // Of long seeds a part is enough: what matters is how many different inputs there are.
        if (bytes.size() > longest) {
            const std::size_t begin = dice.below(2) ? dice.below(bytes.size() - longest) : 0;
            bytes = Bytes(bytes.begin() + std::ptrdiff_t(begin), bytes.begin() + std::ptrdiff_t(begin + longest));
        }
        for (std::size_t changes = 1 + dice.below(6); changes > 0; --changes)
            mutate(bytes, seeds, dice);
        run(bytes);
    }
    std::printf("%zu seeds, %llu mutations: fine\n", seeds.size(), static_cast<unsigned long long>(runs));
    return 0;
}
