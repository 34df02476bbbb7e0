/* What the examples share: files, PINs from standard input, and the end of the program on an error. */
#ifndef EXAMPLE_HPP
#define EXAMPLE_HPP

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "eimza.hpp"

inline std::string read_file(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void write_file(const std::string &path, const std::vector<std::uint8_t> &octets) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char *>(octets.data()), static_cast<std::streamsize>(octets.size()));
    if (!file.flush()) throw std::runtime_error(path);
}

/* The next line of standard input as a PIN; the library wipes the memory that it is typed into. */
inline eimza::pin ask_pin() {
    std::setvbuf(stdin, nullptr, _IONBF, 0); // no copy of it in a buffer that nobody wipes
    return eimza::pin::ask([](std::uint8_t *octets, std::size_t capacity) -> std::optional<std::size_t> {
        std::size_t length = 0;
        for (int octet; (octet = std::getchar()) != EOF && octet != '\n';) {
            if (length == capacity) return std::nullopt;
            octets[length++] = static_cast<std::uint8_t>(octet);
        }
        return length;
    });
}

/* Runs the program; a failure is told by its number, name and sentences. */
template <class Program> int run(int count, char **arguments, Program program) {
    try {
        program(std::vector<std::string>(arguments + 1, arguments + count));
        return 0;
    } catch (const eimza::error &error) {
        std::cerr << error.code() << ' ' << error.name() << ": " << error.message(eimza::language::turkish) << ' '
                  << error.remedy(eimza::language::turkish) << '\n';
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
    }
    return 1;
}

inline void usage(bool right, const char *what) {
    if (!right) throw std::runtime_error(what);
}

#endif
