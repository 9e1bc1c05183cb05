SELECT 'it’s € 5';
