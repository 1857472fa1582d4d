"""How each language writes dates, ranges, money and numbers: a table to be read by eye.

``_`` stands for a no-break space and ``<`` for the mark that says that digits run to the left.
"""

WRITTEN = {
    "fi": """
        day            1.5.2026
        same month     1.–5.5.2026
        same year      1.5.–3.6.2026
        years apart    1.5.2026–3.6.2027
        from           1.5.2026 alkaen
        until          31.12.2025 asti
        month          5/2026
        months         5–6/2026
        months apart   12/2025–6/2026
        from month     5/2026 alkaen
        until month    12/2025 asti
        years          2026–2027
        from year      2026 alkaen
        until year     2025 asti
        money          290_780,50_€
        round money    290_780_€
        number         1_234_567,89
        percent        12,5_%
        whole percent  50_%
        size           1,4_Mt
        list           Oulu, Turku ja Vaasa
    """,
    "fi-simple": """
        day            1.5.2026
        same month     1.–5.5.2026
        same year      1.5.–3.6.2026
        years apart    1.5.2026–3.6.2027
        from           alku: 1.5.2026
        until          loppu: 31.12.2025
        month          toukokuu 2026
        months         touko–kesäkuu 2026
        months apart   joulukuu 2025 – kesäkuu 2026
        from month     alku: toukokuu 2026
        until month    loppu: joulukuu 2025
        years          2026–2027
        from year      alku: 2026
        until year     loppu: 2025
        money          290_780,50_€
        round money    290_780_€
        number         1_234_567,89
        percent        12,5_%
        whole percent  50_%
        size           1,4_Mt
        list           Oulu, Turku ja Vaasa
    """,
    "sv": """
        day            1.5.2026
        same month     1–5.5.2026
        same year      1.5–3.6.2026
        years apart    1.5.2026–3.6.2027
        from           från 1.5.2026
        until          till och med 31.12.2025
        month          5/2026
        months         5–6/2026
        months apart   12/2025–6/2026
        from month     från 5/2026
        until month    till och med 12/2025
        years          2026–2027
        from year      från 2026
        until year     till och med 2025
        money          290_780,50_€
        round money    290_780_€
        number         1_234_567,89
        percent        12,5_%
        whole percent  50_%
        size           1,4_MB
        list           Oulu, Turku och Vaasa
    """,
    "en": """
        day            1 May 2026
        same month     1–5 May 2026
        same year      1 May – 3 June 2026
        years apart    1 May 2026 – 3 June 2027
        from           from 1 May 2026
        until          until 31 December 2025
        month          May 2026
        months         May – June 2026
        months apart   December 2025 – June 2026
        from month     from May 2026
        until month    until December 2025
        years          2026–2027
        from year      from 2026
        until year     until 2025
        money          €290,780.50
        round money    €290,780
        number         1,234,567.89
        percent        12.5%
        whole percent  50%
        size           1.4_MB
        list           Oulu, Turku and Vaasa
    """,
    "ru": """
        day            1 мая 2026_г.
        same month     1–5 мая 2026_г.
        same year      1 мая — 3 июня 2026_г.
        years apart    1 мая 2026_г. — 3 июня 2027_г.
        from           с 1 мая 2026_г.
        until          по 31 декабря 2025_г.
        month          май 2026
        months         май — июнь 2026
        months apart   декабрь 2025 — июнь 2026
        from month     с мая 2026
        until month    по декабрь 2025
        years          2026–2027
        from year      с 2026_г.
        until year     по 2025_г.
        money          290_780,50_€
        round money    290_780_€
        number         1_234_567,89
        percent        12,5_%
        whole percent  50_%
        size           1,4_МБ
        list           Oulu, Turku и Vaasa
    """,
    "ar": """
        day            1 مايو 2026
        same month     1–5 مايو 2026
        same year      1 مايو – 3 يونيو 2026
        years apart    1 مايو 2026 – 3 يونيو 2027
        from           ابتداءً من 1 مايو 2026
        until          حتى 31 ديسمبر 2025
        month          مايو 2026
        months         مايو – يونيو 2026
        months apart   ديسمبر 2025 – يونيو 2026
        from month     ابتداءً من مايو 2026
        until month    حتى ديسمبر 2025
        years          <2026–2027
        from year      ابتداءً من 2026
        until year     حتى 2025
        money          <290,780.50_€
        round money    <290,780_€
        number         1,234,567.89
        percent        12.5%
        whole percent  50%
        size           1.4_م.ب
        list           Oulu وTurku وVaasa
    """,
    "so": """
        day            1 Maayo 2026
        same month     1–5 Maayo 2026
        same year      1 Maayo – 3 Juun 2026
        years apart    1 Maayo 2026 – 3 Juun 2027
        from           laga bilaabo 1 Maayo 2026
        until          ilaa 31 Diseembar 2025
        month          Maayo 2026
        months         Maayo – Juun 2026
        months apart   Diseembar 2025 – Juun 2026
        from month     laga bilaabo Maayo 2026
        until month    ilaa Diseembar 2025
        years          2026–2027
        from year      laga bilaabo 2026
        until year     ilaa 2025
        money          €290,780.50
        round money    €290,780
        number         1,234,567.89
        percent        12.5%
        whole percent  50%
        size           1.4_MB
        list           Oulu, Turku iyo Vaasa
    """,
}
MONTHS = {
    "fi-simple": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu "
    "lokakuu marraskuu joulukuu",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "so": "Jannaayo Febraayo Maarso Abriil Maayo Juun Luulyo Ogosto Sebteembar Oktoobar "
    "Noofeembar Diseembar",
}
